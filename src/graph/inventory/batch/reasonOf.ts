import { catalogue } from '../../../errors/catalogue.ts';
import type { DomainError } from '../../../errors/domainError.ts';

/** Why an operation failed, for people: what is wrong with its first value, or what the catalogue says. */
export function reasonOf(error: DomainError): string {
  if ('internal' in catalogue[error.code]) return catalogue[error.code].message;
  const [issue] = error.details.issues ?? [];
  return issue ? `${issue.path.map(documented).join('.')} ${issue.message}` : error.message;
}

/** A field as batches are documented to write it, such as `new_name` (OpenBin 22). */
function documented(name: string | number): string {
  return String(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
