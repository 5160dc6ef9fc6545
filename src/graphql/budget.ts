import { DomainError } from '../errors/domainError.ts';
import { jsonSize } from './jsonSize.ts';

/** How much a request may use while it runs. */
export interface BudgetLimits {
  readonly maxStatements: number;
  /** Of what it reads, as JSON. */
  readonly maxCharacters: number;
  /** Fields that read at the same time. */
  readonly maxAtOnce: number;
}

/**
 * What one request has used. The cost of a document guesses how long lists are; this counts what is
 * there. Fields that read take turns, so that a request with hundreds of them leaves the database's
 * connections, and SQLite's thread, to others, and what was read is known before more is.
 */
export class RequestBudget {
  readonly #limits: BudgetLimits;
  readonly #waiting: (() => void)[] = [];
  #reading = 0;
  #statements = 0;
  #characters = 0;

  constructor(limits: BudgetLimits) {
    this.#limits = limits;
  }

  /** Reads when it is its turn. Throws RESPONSE_TOO_LARGE when too much was read, by then or by this. */
  async read<T>(statements: number, work: () => T | Promise<T>): Promise<T> {
    if (this.#reading >= this.#limits.maxAtOnce)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#reading++;
    try {
      return await this.readAtOnce(statements, work);
    } finally {
      // The next one takes this one's place, once others had their turn: SQLite answers at once, so that
      // hundreds of reads would otherwise follow one another without a look at the network.
      const next = this.#waiting.shift();
      if (next) setImmediate(next);
      else this.#reading--;
    }
  }

  /** Reads at once: what serves many fields by one read must not be split by turns. Throws as `read`. */
  async readAtOnce<T>(statements: number, work: () => T | Promise<T>): Promise<T> {
    this.#statements += statements;
    this.#check();
    const value = await work();
    this.#characters += jsonSize(value, this.#limits.maxCharacters);
    this.#check();
    return value;
  }

  #check(): void {
    const { maxStatements, maxCharacters } = this.#limits;
    if (this.#characters > maxCharacters) throw new DomainError('RESPONSE_TOO_LARGE');
    if (this.#statements > maxStatements) {
      const message = `This takes more than ${maxStatements} database statements; ask for less at once.`;
      throw new DomainError('RESPONSE_TOO_LARGE', { message });
    }
  }
}
