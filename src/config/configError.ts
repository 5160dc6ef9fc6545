/** One variable that the server cannot start with. */
export interface ConfigProblem {
  /** Name of the environment variable. */
  readonly variable: string;
  /** Completes the sentence "<NAME> …"; never holds the value. */
  readonly problem: string;
}

/** Variables have values that the server cannot start with; the message is one line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(variable: string, problem: string, ...others: readonly ConfigProblem[]) {
    const problems = [{ variable, problem }, ...others];
    super(problems.map((each) => `${each.variable} ${each.problem}.`).join('\n'));
    this.problems = problems;
  }

  /** Name of the first variable. */
  get variable(): string {
    return this.problems[0]?.variable ?? '';
  }
}
