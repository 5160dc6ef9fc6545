import { DomainError, type Issue, type IssueRule } from './domainError.ts';

/** Collects what is wrong with an input, field by field, and throws once. */
export class Issues {
  readonly #found: Issue[] = [];

  /** Notes that the value at `path` breaks `rule`. */
  add(path: string | readonly (string | number)[], rule: IssueRule, message: string): void {
    this.#found.push({ path: typeof path === 'string' ? [path] : path, rule, message });
  }

  /** Throws INVALID_INPUT with all that was noted, in order; does nothing when nothing was. */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new DomainError('INVALID_INPUT', { issues: this.#found });
  }
}

/** The error for a single value that does not fit. */
export function invalid(path: string, rule: IssueRule, message: string): DomainError {
  return new DomainError('INVALID_INPUT', { issues: [{ path: [path], rule, message }] });
}
