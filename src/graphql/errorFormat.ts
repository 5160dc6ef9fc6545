import { GraphQLError } from 'graphql';
import { DomainError, toDomainError } from '../errors/domainError.ts';

/**
 * True for what graphql-js and the guards say of a request itself, before a resolver ran. A variable
 * of a wrong type is among it: graphql-js wraps what the scalar said of the value.
 */
function isAboutTheRequest({ path, originalError }: GraphQLError): boolean {
  return !originalError || (!path && originalError instanceof GraphQLError);
}

/**
 * The error as a client sees it: code, field details and the request's id.
 * What is no domain error is reported to `onInternal` and masked.
 */
export function formatError(
  error: unknown,
  requestId: string,
  onInternal: (cause: unknown) => void,
): GraphQLError {
  if (error instanceof GraphQLError && isAboutTheRequest(error)) {
    const code = error.extensions.code ?? 'BAD_REQUEST';
    return new GraphQLError(error.message, {
      ...error,
      nodes: error.nodes,
      extensions: { ...error.extensions, code, requestId },
    });
  }
  const domain = toDomainError(error);
  if (domain.code === 'INTERNAL') onInternal(error);
  const { nodes, path } = error instanceof GraphQLError ? error : { nodes: undefined, path: undefined };
  const message = domain.code === 'INTERNAL' ? new DomainError('INTERNAL').message : domain.message;
  return new GraphQLError(message, { nodes, path, extensions: { ...domain.extensions, requestId } });
}
