/** A variable has a value that the server cannot start with; the message is one sentence naming it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    /** Name of the environment variable. */
    readonly variable: string,
    problem: string,
  ) {
    super(`${variable} ${problem}.`);
  }
}
