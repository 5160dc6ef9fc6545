import { randomUUID } from 'node:crypto';
import { graphql as execute, print } from 'graphql';
import { toDomainError } from '../errors/domainError.ts';
import type { Caller, RequestInfo } from '../graph/core/context.ts';
import type { TadaDocumentNode } from '../graph/core/documents.ts';
import type { Services } from '../graph/core/services.ts';
import { schema } from '../graph/schema.ts';
import { createContext } from '../pipeline/requestInfo.ts';

const operatorAccount = {
  id: 'operator',
  email: 'operator',
  emailVerifiedAt: null,
  userName: null,
  name: 'operator',
  plan: 'SCALE',
  planSource: 'DEFAULT',
  administrator: true,
  active: true,
  activeLocationId: null,
  deletionRequestedAt: null,
  deletionScheduledAt: null,
  firstProvenAt: null,
  releasedEmail: null,
  tokenVersion: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  hasPassword: false,
} as const;

/** Runs a document in this process with the graph's rules, for whoever `caller` is. Throws the domain error. */
export async function runAs<Data, Variables extends Record<string, unknown>>(
  services: Services,
  caller: Caller,
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const request: RequestInfo = {
    id: randomUUID(),
    address: 'console',
    userAgent: undefined,
    origin: () => 'http://localhost',
  };
  const { data, errors } = await execute({
    schema,
    source: print(document),
    variableValues: variables,
    contextValue: createContext(services, request, caller),
  });
  if (errors?.[0]) throw toDomainError(errors[0]);
  return data as Data;
}

/**
 * Runs a document as the person at the server's own console. The graph's rules hold here as
 * for everybody; only the right is another. Throws the domain error.
 */
export function asOperator<Data, Variables extends Record<string, unknown>>(
  services: Services,
  document: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return runAs(services, { account: operatorAccount, credential: { kind: 'OPERATOR' } }, document, variables);
}
