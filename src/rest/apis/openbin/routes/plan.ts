import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { plan, usage, usageSummary } from '../planConstants.ts';

const tag = 'Plan and health';

/** Constants, but only for those who are signed in. */
const SignedIn = graphql(`
  query OpenbinSignedIn {
    viewer {
      id
    }
  }
`);

/** Nothing is sold here, so the answer is the same for everybody (contract 25.8). */
function constant<Body extends object>(path: string, summary: string, body: Body) {
  return route({
    method: 'GET',
    path,
    contract: '25.8',
    summary,
    tag,
    access: 'required',
    document: SignedIn,
    variables: () => ({}),
    success: { status: 200, body: { schema: z.looseObject({}) as z.ZodType<Body>, map: () => body } },
    errors: [],
  });
}

export const planRoutes = [
  constant('/api/plan', 'What may be used: everything', plan),
  constant('/api/plan/usage', 'What is used of a plan that has no limits', usage),
  constant('/api/plan/usage-summary', 'The same in short', usageSummary),
  route({
    method: 'GET',
    path: '/api/health',
    contract: '25.7',
    summary: 'Whether the server and its database answer',
    tag,
    access: 'public',
    document: graphql(`
      query OpenbinHealth {
        service {
          databaseAnswers
        }
      }
    `),
    variables: () => ({}),
    success: {
      status: 200,
      body: { schema: z.strictObject({ status: z.literal('ok') }), map: () => ({ status: 'ok' as const }) },
    },
    errors: ['SERVICE_UNAVAILABLE'],
    errorMapping: {
      SERVICE_UNAVAILABLE: {
        status: 503,
        code: 'SERVICE_UNAVAILABLE',
        body: (message) => ({ status: 'error', message }),
      },
    },
  }),
];
