import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Memory for parsed documents: 250 of 1 kB. */
const maxBytes = 16 * 1024 * 1024;

/** Memory per character of a document: its syntax tree and its tokens, comments included. Measured: 40 to 60. */
const bytesPerCharacter = 64;

/** The entries are too large to keep by number: one document may weigh as much as a thousand others. */
function createDocumentCache() {
  return new LRUCache<string, DocumentNode>({
    maxSize: maxBytes,
    sizeCalculation: (_document, text) => 1 + text.length * bytesPerCharacter,
  });
}

/**
 * Yoga's stores of parsed documents and syntax errors, bounded in bytes. Its defaults keep 1024
 * entries of any size for an hour, which lets anonymous requests fill the memory. Syntax errors
 * are not kept: finding one again is cheap, and only a hostile client repeats them.
 */
export function createDocumentCaches() {
  return {
    documentCache: createDocumentCache(),
    errorCache: { get: () => undefined, set: () => {} },
  };
}
