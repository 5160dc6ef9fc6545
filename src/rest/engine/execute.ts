import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, validate } from 'graphql';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { GraphContext } from '../../graph/core/context.ts';
import { inputDefaults, withoutUndefined } from './variables.ts';

/** Runs one trusted document; throws the domain error behind the first GraphQL error. */
export type Operation = (variables: Record<string, unknown>, context: GraphContext) => Promise<object>;

/** Which executor runs trusted documents; graphql-js is the reference that graphql-jit is tested against. */
export type Executor = 'graphql-jit' | 'graphql-js';

type Run = (
  variables: Record<string, unknown>,
  context: GraphContext,
) => ExecutionResult | Promise<ExecutionResult>;

async function compile(schema: GraphQLSchema, document: DocumentNode): Promise<Run> {
  // Loaded at the first call: with its code generator it takes a tenth of the start.
  const { compileQuery, isCompiledQuery } = await import('graphql-jit');
  const compiled = compileQuery(schema, document);
  if (!isCompiledQuery(compiled)) throw new Error(compiled.errors?.map((error) => error.message).join('; '));
  const withDefaults = inputDefaults(schema, document);
  return (variables, context) =>
    compiled.query(undefined, context, withDefaults(withoutUndefined(variables)));
}

/** Compiles at the first call: hundreds of documents take seconds, which nobody should wait for at start. */
function compileWhenUsed(schema: GraphQLSchema, document: DocumentNode): Run {
  let run: Run | undefined;
  let compiling: Promise<Run> | undefined;
  const compileAndRun: Run = async (variables, context) => {
    compiling ??= compile(schema, document);
    run = await compiling;
    return run(variables, context);
  };
  return (variables, context) => (run ?? compileAndRun)(variables, context);
}

/**
 * Validates a document at start and compiles it when it is first used.
 * Throws when it does not fit the schema: a server with such a route must not come up.
 */
export function prepare(schema: GraphQLSchema, document: DocumentNode, executor: Executor): Operation {
  const [problem] = validate(schema, document);
  if (problem) throw new Error(`A route's document does not fit the schema: ${problem.message}`);
  const run: Run =
    executor === 'graphql-jit'
      ? compileWhenUsed(schema, document)
      : (variableValues, contextValue) => execute({ schema, document, variableValues, contextValue });
  return async (variables, context) => {
    const { data, errors } = await run(variables, context);
    const [error] = errors ?? [];
    // Without a path nothing was executed: a variable did not fit its type.
    if (error && !error.path) throw new DomainError('INVALID_INPUT', { cause: error });
    if (error) throw toDomainError(error);
    return data ?? {};
  };
}
