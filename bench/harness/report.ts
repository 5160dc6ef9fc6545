import type { Aim, Finding } from './scenario.ts';

/** Whether a finding is what it should be; also when nothing was aimed at. */
export function isMet({ value, aim }: Finding): boolean {
  if (!aim) return true;
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost;
}

const figure = (value: number) => value.toFixed(2);

function words(aim: Aim | undefined): string {
  if (!aim) return '';
  return 'atLeast' in aim ? `>= ${figure(aim.atLeast)}` : `<= ${figure(aim.atMost)}`;
}

/** The findings as lines of a table, the first its head. */
export function reportLines(findings: readonly Finding[]): string[] {
  const rows = findings.map((finding) => [
    finding.what,
    figure(finding.value),
    finding.range ? `${figure(finding.range[0])} - ${figure(finding.range[1])}` : '',
    words(finding.aim),
    finding.aim ? (isMet(finding) ? 'met' : 'MISSED') : '',
    finding.from ?? '',
  ]);
  const table = [['', 'median', 'range', 'aim', '', 'medians behind it'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
