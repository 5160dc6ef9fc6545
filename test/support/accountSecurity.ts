import type { Account } from '../../src/generated/sqlite/client.ts';
import type { TestApp } from './app.ts';

/** The code of the first error of a GraphQL answer; undefined for a success. */
export const codeOf = ({ errors }: { errors?: { extensions: Record<string, unknown> }[] | undefined }) =>
  errors?.[0]?.extensions.code;

/** What the tests of addresses and their proofs do again and again, through GraphQL. */
export function accountSecurityOf(app: TestApp) {
  const mutate = (name: string, input: Record<string, unknown>, fields: string, by?: string) => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
    return app.graphql(`mutation ($input: ${type}) { ${name}(input: $input) { ${fields} } }`, { input }, by);
  };
  /** All mails to a mailbox that have a subject like this. */
  const mailsTo = async (email: string, subject: RegExp) =>
    (await app.mails()).filter((mail) => mail.to.includes(email) && subject.test(mail.subject));
  /** The token of the newest link to a page, in the mails to a mailbox. */
  async function tokenTo(email: string, path: string): Promise<string> {
    const pattern = new RegExp(`${path}\\?token=([\\w-]+)`);
    const found = (await app.mails())
      .filter((mail) => mail.to.includes(email))
      .map((mail) => pattern.exec(mail.text)?.[1])
      .findLast((token) => token !== undefined);
    if (!found) throw new Error(`no link to ${path} for ${email}`);
    return found;
  }

  return {
    mutate,
    mailsTo,
    tokenTo,
    rowOf: ({ id }: Account) => app.db.account.findUniqueOrThrow({ where: { id } }),
    change: (session: string, email: string) =>
      mutate('updateProfile', { email }, 'account { email }', session),
    undo: (token: string) => mutate('undoAddressChange', { token }, 'email isPasswordWithdrawn'),
    verify: (token: string, by?: string) => mutate('verifyEmail', { token }, 'account { id }', by),
    disown: (token: string) => mutate('disownAccount', { token }, 'deletedAccountId'),
    signIn: (email: string, password: string) => mutate('signIn', { email, password }, 'accessToken'),
    /** Asks for a new password and sets it with the mailed link. */
    async reset(email: string, newPassword: string) {
      await mutate('requestPasswordReset', { email }, 'accepted');
      const token = await tokenTo(email, '/reset-password');
      return mutate('resetPassword', { token, newPassword }, 'accountId');
    },
    /** The names of the events of an account, oldest first. */
    async events({ id }: Account): Promise<string[]> {
      const rows = await app.db.securityEvent.findMany({
        where: { accountId: id },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ name }) => name);
    },
  };
}
