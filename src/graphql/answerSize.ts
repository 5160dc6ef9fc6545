import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { DomainError } from '../errors/domainError.ts';
import { jsonSize } from './jsonSize.ts';

/**
 * Refuses an answer of more than `maxCharacters` before it is written. What was read may be told many
 * times, by fifteen names, and a name is as long as the body allows: beyond 512 MB there is no such
 * text, and long before that everybody waits until it is written.
 */
export function answerSizePlugin(maxCharacters: number): Plugin {
  return {
    onExecute: () => ({
      onExecuteDone({ result, setResult }) {
        if (isAsyncIterable(result) || jsonSize(result.data, maxCharacters) <= maxCharacters) return;
        const { message, extensions } = new DomainError('RESPONSE_TOO_LARGE');
        setResult({ errors: [new GraphQLError(message, { extensions })] });
      },
    }),
  };
}
