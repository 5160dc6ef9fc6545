/** Thrown when the graph refuses: `code` as in docs/errors, `issues` for INVALID_INPUT. */
export class GraphError extends Error {
  constructor(code, { issues = [], retryAfterSeconds } = {}) {
    super(code);
    this.code = code;
    this.issues = issues;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Relative, as all addresses of the pages: PUBLIC_URL may have a path that a proxy takes away. */
async function post(query, variables) {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
    // A browser that is signed in elsewhere on this host has nothing to add.
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
  return response.json();
}

/** Runs one operation and gives its data; throws GraphError, with UNREACHABLE when no answer came. */
export async function askGraph(query, variables) {
  let answer;
  try {
    answer = await post(query, variables);
  } catch {
    throw new GraphError('UNREACHABLE');
  }
  const [error] = answer.errors ?? [];
  if (error) throw new GraphError(error.extensions?.code ?? 'INTERNAL', error.extensions);
  return answer.data;
}
