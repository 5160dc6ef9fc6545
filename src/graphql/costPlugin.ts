import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { coerceVariables, createCost } from './cost.ts';

/** graphql-js prints the whole value that does not fit, which may be a megabyte. */
const maxMessageCharacters = 500;

/** Rejects operations whose variables do not fit or that cost more than `maxCost`, before anything of them runs. */
export function costPlugin(schema: GraphQLSchema, maxCost: number): Plugin {
  const costOf = createCost(schema);
  const problemOf = (args: ExecutionArgs): string | undefined => {
    const { values, mistake } = coerceVariables(schema, args);
    if (mistake) return mistake.message;
    const cost = costOf(args, values);
    if (cost <= maxCost) return undefined;
    return `Query cost limit of ${maxCost} exceeded, found ${Math.round(cost)}. Ask for smaller pages or fewer fields.`;
  };
  const rejection = (args: ExecutionArgs) => {
    const problem = problemOf(args);
    if (problem === undefined) return undefined;
    const isLong = problem.length > maxMessageCharacters;
    const message = isLong ? `${problem.slice(0, maxMessageCharacters)}…` : problem;
    return { errors: [new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })] };
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const rejected = rejection(args);
      if (rejected) setResultAndStopExecution(rejected);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const rejected = rejection(args);
      if (rejected) setResultAndStopExecution(rejected);
    },
  };
}
