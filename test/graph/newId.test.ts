import { expect, test } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { uuidV4 } from '../support/uuid.ts';

test('ids have the form of UUID version 4, sort by their making and are never the same', () => {
  const before = Date.now();
  const ids = Array.from({ length: 100_000 }, newId);
  expect(ids.every((id) => uuidV4.test(id))).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  const madeAt = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
  expect(madeAt).toBeGreaterThanOrEqual(before);
  expect(madeAt).toBeLessThanOrEqual(Date.now());
});

test('the part that is chance differs from process to process and from moment to moment', async () => {
  const endings = new Set<string>();
  for (let round = 0; round < 20; round++) {
    endings.add(newId().slice(24));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(endings.size).toBe(20);
});
