import { newId } from '../../src/graph/core/newId.ts';
import { useStarted } from '../support/started.ts';
import { type Person, startOpenbin } from './support.ts';

/** OpenBin with one location, somebody in each of its roles, and a stranger. */
export async function startHousehold(env: Record<string, string> = {}) {
  const app = await startOpenbin(env);
  const [admin, member, viewer, stranger] = [
    await app.person({ name: 'Ada' }),
    await app.person({ name: 'Mia' }),
    await app.person(),
    await app.person(),
  ];
  const { id: locationId } = await app.location(admin);
  await app.belong(member, locationId, 'MEMBER');
  await app.belong(viewer, locationId, 'VIEWER');

  return {
    ...app,
    admin,
    member,
    viewer,
    stranger,
    locationId,
    /** A new bin, as the answer to its making tells of it. */
    async bin(input: object = {}, as: Person = admin): Promise<BinBody> {
      const made = await app.call('post', '/bins', as.key).send({ locationId, name: 'Tools', ...input });
      if (made.status !== 201) throw new Error(`${made.status} ${JSON.stringify(made.body)}`);
      return made.body;
    },
    /** Puts a bin into the trash. */
    async trash(id: string, as: Person = admin): Promise<void> {
      await app.call('delete', `/bins/${id}`, as.key).expect(200);
    },
    /** The row of an item that was taken out of a bin and is not purged yet. */
    removedItem(binId: string) {
      const deletedAt = new Date();
      const data = { id: newId(), binId, locationId, name: 'Gone', nameKey: 'gone', position: 9, deletedAt };
      return app.db.binItem.create({ data });
    },
    /** The items of a bin, as its row tells them. */
    async items(binId: string, as: Person = admin): Promise<BinBody['items']> {
      return (await app.call('get', `/bins/${binId}`, as.key).expect(200)).body.items;
    },
    /** The log of a bin, newest first, as `[action, changes]`. */
    async actions(binId: string, of = locationId, as: Person = admin) {
      const { results } = await app.log(of, as, `?entity_id=${binId}`);
      return results.map(({ action, changes }) => [action, changes]);
    },
  };
}

/** What tests look at in a bin. */
export interface BinBody {
  readonly id: string;
  readonly short_code: string;
  readonly location_id: string;
  readonly items: { readonly id: string; readonly name: string; readonly quantity: number | null }[];
  readonly [field: string]: unknown;
}

/** A household with its server. */
export type Household = Awaited<ReturnType<typeof startHousehold>>;

/** {@link startHousehold} for the tests of a file or block. */
export const useHousehold = (env: Record<string, string> = {}): Household =>
  useStarted(() => startHousehold(env));

/** The statuses of answers, in order of size: in a race nobody knows who comes first. */
export const statuses = (answers: readonly { readonly status: number }[]): number[] =>
  answers.map(({ status }) => status).sort((a, b) => a - b);
