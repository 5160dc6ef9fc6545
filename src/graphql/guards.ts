import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { type DocumentNode, GraphQLError, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestInfo } from '../graph/core/context.ts';
import { holdsNul, isTooDeep, wellFormed } from '../pipeline/jsonValue.ts';
import { isCostlyToMerge } from './mergedFields.ts';

/** How much one GraphQL request may ask; generous for people, dear for attackers. */
export const graphqlLimits = {
  maxDepth: 12,
  maxAliases: 15,
  maxTokens: 2000,
  maxCost: 25_000,
  maxDirectives: 20,
  /** See `isCostlyToMerge`. A page of a hundred fragments with some common fields fits in. */
  maxMergeSteps: 6000,
  /** Each may cost a search for similar names over the whole schema. */
  maxValidationErrors: 5,
  /** A household with sixty locations may ask everything about them. */
  maxStatements: 1000,
  /** Of what is read, and of the answer: 200 full bins of 80 kB. */
  maxCharacters: 16_000_000,
  maxAtOnce: 2,
};

/** Depth, alias, directive and token limits; the cost is `costPlugin`'s, because armor knows neither the schema nor the values of variables. */
export function armorPlugin(): Plugin {
  return EnvelopArmorPlugin({
    // GraphiQL's completion and its users need the names, and introspection shows them anyway.
    blockFieldSuggestion: { enabled: false },
    maxDepth: { n: graphqlLimits.maxDepth },
    maxAliases: { n: graphqlLimits.maxAliases },
    maxDirectives: { n: graphqlLimits.maxDirectives },
    maxTokens: { n: graphqlLimits.maxTokens },
    costLimit: { enabled: false },
  }) as unknown as Plugin;
}

const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * Refuses what a foreign page can make a browser send without asking first: a form post, or a
 * plain-text one. `x-latchkey-csrf` with any value lets a form through, because a page cannot add
 * a header without a preflight.
 */
export const csrfPlugin: Plugin = {
  onRequest({ request, serverContext, endResponse, fetchAPI }) {
    if (request.method !== 'POST' || request.headers.has('x-latchkey-csrf')) return;
    const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (type !== '' && !simpleTypes.includes(type)) return;
    const message = 'Send application/json, or add the header x-latchkey-csrf.';
    const requestId = (serverContext as unknown as { info: RequestInfo }).info.id;
    const errors = [{ message, extensions: { code: 'UNSUPPORTED_MEDIA_TYPE', requestId } }];
    endResponse(fetchAPI.Response.json({ errors }, { status: 415 }));
  },
};

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

/** What Yoga's parsers and graphql-js' parser throw about a malformed request is the caller's mistake, not the server's. */
export const parsePlugin: Plugin = {
  onRequestParse({ requestParser, setRequestParser }) {
    if (!requestParser) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        if (error instanceof SyntaxError) throw badRequest('variables and extensions must be JSON.');
        throw error;
      }
    });
  },
  onParams({ params }) {
    const query: unknown = params.query;
    if (query != null && typeof query !== 'string') throw badRequest('query must be a string.');
  },
  // The parser calls itself for each level, and thousands fit into a document before its tokens are too many.
  onParse:
    () =>
    ({ result, replaceParseResult }) => {
      if (result instanceof RangeError) replaceParseResult(badRequest('The document is nested too deeply.'));
    },
};

/** Refuses documents of more than `maxBytes` before they are parsed: a parsed one takes some fifty times its size. */
export function documentSizePlugin(maxBytes: number): Plugin {
  return {
    onParams({ params }) {
      if (Buffer.byteLength(params.query ?? '') <= maxBytes) return;
      throw badRequest(`The document must not exceed ${maxBytes} bytes; send values as variables.`);
    },
  };
}

/** Documents that were found cheap to validate; Yoga keeps parsed documents, and asks its plugins each time. */
const cheap = new WeakSet<DocumentNode>();

/** Bounds the work of validation, which runs before any cost is known. */
export const validationPlugin: Plugin = {
  onValidate({ params, setResult, setValidationFn }) {
    const document: DocumentNode = params.documentAST;
    if (!cheap.has(document)) {
      if (isCostlyToMerge(document, graphqlLimits.maxMergeSteps)) {
        setResult([badRequest('The document repeats too many fields; merge them.')]);
        return;
      }
      cheap.add(document);
    }
    setValidationFn((schema, document, rules) =>
      validate(schema, document, rules, { maxErrors: graphqlLimits.maxValidationErrors }),
    );
  },
};

/** The refusal of a request whose values cannot be stored. */
function unfit(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'INVALID_INPUT', http: { status: 400 } } });
}

/**
 * What no database takes: U+0000, escaped or not, in a document or its variables, and variables that
 * are too deep. Halves of surrogate pairs are replaced; in a document they are no GraphQL at all.
 */
export const valuePlugin: Plugin = {
  onParams({ params, setParams }) {
    const { variables } = params;
    // It may be null, whatever its type says.
    const query = params.query ?? '';
    if (query.includes('\0') || /\\u0000|\\u\{0+\}/.test(query) || holdsNul(variables)) {
      throw unfit('Text must not contain U+0000.');
    }
    if (isTooDeep(variables)) throw unfit('Variables must not be nested more than 500 times.');
    if (variables) setParams({ ...params, variables: wellFormed(variables) as typeof variables });
  },
};
