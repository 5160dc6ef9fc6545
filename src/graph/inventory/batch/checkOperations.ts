import { DomainError, type IssueRule } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { binNameRule } from '../bin/fields.ts';
import { nameRule } from '../location/rules.ts';
import type { Field, Operation } from './operation.ts';
import { operations } from './operations.ts';
import type { OperationInput, OperationType } from './types.ts';

const maxOperations = 50;
const maxItems = 500;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An operation whose fields are there and of their types. */
export interface CheckedOperation {
  readonly type: OperationType;
  readonly operation: Operation;
  readonly given: OperationInput;
}

type Problem = readonly [rule: IssueRule, message: string];
type Rule = (value: unknown, type: OperationType) => Problem | undefined;

const isId: Rule = (id) => (uuid.test(id as string) ? undefined : ['format', 'must be a UUID']);
const fits =
  (maxLength: number): Rule =>
  (text) =>
    [...(text as string)].length > maxLength
      ? ['too_long', `must have at most ${maxLength} characters`]
      : undefined;
const isFilled: Rule = (text) => ((text as string).trim() === '' ? ['required', 'is required'] : undefined);
const hasFew: Rule = (list) =>
  (list as unknown[]).length > maxItems ? ['too_long', `must have at most ${maxItems} entries`] : undefined;

/** What fields are checked for before anything is done; the rest is for the operation itself (OpenBin 22). */
const rules: Partial<Record<Field, readonly Rule[]>> = {
  binId: [isId],
  areaId: [isId],
  targetBinId: [isId],
  itemIds: [hasFew, (ids, type) => (ids as string[]).map((id) => isId(id, type)).find(Boolean)],
  items: [hasFew],
  // For a bin that is to be made alone; a new name of one that is there is for the operation.
  name: [isFilled, fits(binNameRule.maxLength)].map(
    (rule): Rule =>
      (name, type) =>
        type === 'CREATE_BIN' ? rule(name, type) : undefined,
  ),
  areaName: [fits(nameRule.maxLength)],
  newName: [
    (name, type) => (type === 'RENAME_AREA' ? isFilled(name, type) : undefined),
    fits(nameRule.maxLength),
  ],
};

function problemOf(
  field: Field,
  value: unknown,
  isRequired: boolean,
  type: OperationType,
): Problem | undefined {
  if (value === undefined) return isRequired ? ['required', 'is required'] : undefined;
  if (value === null) return ['type', 'is not of its type'];
  return rules[field]?.map((rule) => rule(value, type)).find(Boolean);
}

function checkOperation(given: OperationInput, index: number): CheckedOperation {
  const fail = (field: string, [rule, message]: Problem): never => {
    throw new DomainError('INVALID_INPUT', {
      issues: [{ path: ['operations', index, field], rule, message }],
    });
  };
  const { type } = given;
  if (!type) return fail('type', ['unknown', 'must be the type of an operation']);
  const operation = operations[type];
  const required = new Set<Field>(operation.required);
  for (const field of [...operation.required, ...operation.optional]) {
    const problem = problemOf(field, given[field], required.has(field), type);
    if (problem) fail(field, problem);
  }
  return { type, operation, given };
}

/** Checks the shape of all operations. Throws INVALID_INPUT for the first that does not fit (OpenBin 22). */
export function checkOperations(given: readonly OperationInput[]): CheckedOperation[] {
  if (given.length < 1 || given.length > maxOperations)
    throw invalid('operations', 'range', `must be a list of 1 to ${maxOperations}`);
  return given.map(checkOperation);
}
