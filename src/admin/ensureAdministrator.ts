import { type Config, ConfigError } from '../config/config.ts';
import { DomainError } from '../errors/domainError.ts';
import { graphql } from '../graph/core/documents.ts';
import type { Services } from '../graph/core/services.ts';
import { asOperator } from './operator.ts';

const Find = graphql(`
  query FindAdministrator($email: String!) {
    account(email: $email) {
      administrator
    }
  }
`);

const Create = graphql(`
  mutation CreateAdministrator($email: String!, $password: String!) {
    createAccount(input: { email: $email, password: $password, administrator: true }) {
      account {
        id
      }
    }
  }
`);

/**
 * Makes the administrator of ADMIN_EMAIL and ADMIN_PASSWORD unless the address has an account. Such
 * an account stays as it is, password and rights: anybody may have registered the address first.
 * Throws ConfigError for an address or password that no account may have.
 */
export async function ensureAdministrator(
  { adminEmail, adminPassword }: Pick<Config, 'adminEmail' | 'adminPassword'>,
  services: Services,
): Promise<void> {
  const { log } = services;
  if (adminEmail && !adminPassword) log.warn('ADMIN_EMAIL does nothing without ADMIN_PASSWORD');
  if (adminPassword && !adminEmail) log.warn('ADMIN_PASSWORD does nothing without ADMIN_EMAIL');
  if (!adminEmail || !adminPassword) return;
  const { account } = await asOperator(services, Find, { email: adminEmail });
  if (!account) return create(adminEmail, adminPassword, services);
  if (!account.administrator) {
    log.warn(
      'ADMIN_EMAIL has an account that is no administrator; see "npm run admin -- grant-administrator"',
    );
  }
}

async function create(email: string, password: string, services: Services): Promise<void> {
  try {
    await asOperator(services, Create, { email, password });
  } catch (error) {
    // Another instance that starts at the same time was faster.
    if (error instanceof DomainError && error.code === 'EMAIL_TAKEN') return;
    throw inVariables(error);
  }
}

/** The error in terms of the environment: what starts a server never saw a field called `password`. */
function inVariables(error: unknown): unknown {
  const issue = error instanceof DomainError ? error.details.issues?.[0] : undefined;
  if (!issue) return error;
  return new ConfigError(issue.path[0] === 'email' ? 'ADMIN_EMAIL' : 'ADMIN_PASSWORD', issue.message);
}
