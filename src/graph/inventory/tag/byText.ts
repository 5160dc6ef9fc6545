/** In the order of a text without regard to case; texts that differ in nothing else by themselves. */
export function byText<Row>(rows: readonly Row[], textOf: (row: Row) => string): Row[] {
  const keyed = rows.map((row) => ({ row, text: textOf(row), key: textOf(row).toLowerCase() }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    return a.text < b.text ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}
