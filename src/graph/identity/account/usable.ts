/** Who may act: accounts that are neither suspended nor waiting for their deletion. As Prisma’s filter. */
export const usableAccount = { active: true, deletionRequestedAt: null } as const;

/** The same of a row. */
export const isUsable = (account: {
  readonly active: boolean;
  readonly deletionRequestedAt: Date | null;
}): boolean => account.active && !account.deletionRequestedAt;
