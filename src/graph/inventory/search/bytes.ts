// What things take in V8's memory on 64 bits, rather too much than too little: a test compares it with
// what a process really takes. Characters alone say nothing: a word of four letters takes thirty times
// its length.

/** What an index may take. */
export interface Budget {
  /** All indexes of one kind together. */
  readonly totalBytes: number;
  /** The one of a single location; a larger one is not made. */
  readonly locationBytes: number;
  /** How many items a search without an index keeps at once, to put them in order. */
  readonly sortedItems: number;
}

export const searchBudget: Budget = {
  totalBytes: 64_000_000,
  locationBytes: 32_000_000,
  sortedItems: 10_000,
};

/** What one entry of a Map takes, with what is free in its table. */
export const mapEntryBytes = 56;
/** What one place of a list takes, with what is free behind its end. */
export const placeBytes = 12;
/** An id of its own. */
export const idBytes = 56;

const wide = /[^\0-\u00ff]/;

/** A text that nothing else holds. */
export const textBytes = (text: string): number => 24 + text.length * (wide.test(text) ? 2 : 1);

/** A list of numbers. */
export const listBytes = (list: readonly number[]): number => 56 + 8 * list.length;

/** An object with so many fields, without what they lead to. */
export const objectBytes = (fields: number): number => 24 + 8 * fields;
