/** What GraphiQL shows before the first query. */
export const welcome = `# One account, one key: the REST APIs and this graph.
#
# 1. Run Register. The mail is in DATA_DIR/outbox
#    when no SMTP server is set.
# 2. Run Verify with the token from the mail's link.
# 3. Run SignIn, and put its token under "Headers":
#    { "Authorization": "Bearer …" }
# 4. Run Viewer.

mutation Register {
  register(
    input: {
      email: "you@example.com"
      password: "correct horse battery"
    }
  ) {
    account { id email }
  }
}

mutation Verify {
  verifyEmail(input: { token: "from the mail" }) {
    account { emailVerified }
  }
}

mutation SignIn {
  signIn(
    input: {
      email: "you@example.com"
      password: "correct horse battery"
    }
  ) {
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
