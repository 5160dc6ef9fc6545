import type { GraphiQLOptions } from 'graphql-yoga';

const welcomeQuery = `# One account, one key: the REST APIs and this graph.
#
# 1. Choose a password under "Variables" and run Register.
#    Without an SMTP server, the mail is a file
#    in DATA_DIR/outbox.
# 2. Put the token from the link in that mail under
#    "Variables" and run Verify.
# 3. Run SignIn, and put its token under "Headers":
#    { "Authorization": "Bearer …" }
# 4. Run Viewer.

mutation Register($register: RegisterInput!) {
  register(input: $register) {
    account { id email }
  }
}

mutation Verify($verify: VerifyEmailInput!) {
  verifyEmail(input: $verify) {
    account { emailVerified }
  }
}

mutation SignIn($signIn: SignInInput!) {
  signIn(input: $signIn) {
    accessToken
    accessExpiresAt
  }
}

query Viewer {
  viewer {
    name
    plan
    apiKeys { nodes { name prefix status } }
  }
}
`;

/** Secrets are variables: GraphiQL writes the query into the address bar. */
const welcomeVariables = {
  register: { email: 'you@example.com', password: '' },
  verify: { token: '' },
  signIn: { email: 'you@example.com', password: '' },
};

/** The options of the GraphiQL page. Keys of people do not stay in the browser. */
export const graphiqlOptions: GraphiQLOptions = {
  title: 'Latchkey',
  defaultQuery: welcomeQuery,
  shouldPersistHeaders: false,
};

/** GraphiQL as one page of nine megabytes: loaded when a browser opens it, not at start. */
export async function renderGraphiql(options?: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const variables = JSON.stringify(welcomeVariables, null, 2).replaceAll('"', '&quot;');
  return renderGraphiQL(options).replace(
    '<head>',
    () => `<head><script src="pages/graphiql.js" data-variables="${variables}"></script>`,
  );
}
