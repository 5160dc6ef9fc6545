import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { createCost } from './cost.ts';

/** Refuses operations that cost more than `maxCost`, before anything of them runs. */
export function costPlugin(schema: GraphQLSchema, maxCost: number): Plugin {
  const costOf = createCost(schema);
  const rejection = (args: ExecutionArgs) => {
    const cost = costOf(args);
    if (cost <= maxCost) return undefined;
    const message = `Query cost limit of ${maxCost} exceeded, found ${Math.round(cost)}. Ask for smaller pages or fewer fields.`;
    return { errors: [new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })] };
  };
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refused = rejection(args);
      if (refused) setResultAndStopExecution(refused);
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refused = rejection(args);
      if (refused) setResultAndStopExecution(refused);
    },
  };
}
