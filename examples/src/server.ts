/** Where the server is. */
export const server = process.env.LATCHKEY_URL ?? 'http://localhost:4000';

/** The same key opens the graph and every REST API. */
export const headers = { authorization: `Bearer ${process.env.LATCHKEY_KEY}` };
