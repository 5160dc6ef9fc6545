import { runAs } from '../admin/operator.ts';
import { graphql } from '../graph/core/documents.ts';
import type { Services } from '../graph/core/services.ts';
import type { Person } from './people.ts';
import { type NewArea, rooms, tagColors } from './rooms.ts';

const CreateLocation = graphql(`
  mutation DemoCreateLocation($input: CreateLocationInput!) {
    createLocation(input: $input) {
      location {
        id
        inviteCode
      }
    }
  }
`);

const JoinLocation = graphql(`
  mutation DemoJoinLocation($input: JoinLocationInput!) {
    joinLocation(input: $input) {
      location {
        id
      }
    }
  }
`);

const ChangeRole = graphql(`
  mutation DemoChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      changed
    }
  }
`);

const CreateArea = graphql(`
  mutation DemoCreateArea($input: CreateAreaInput!) {
    createArea(input: $input) {
      area {
        id
      }
    }
  }
`);

const CreateBin = graphql(`
  mutation DemoCreateBin($input: CreateBinInput!) {
    createBin(input: $input) {
      bin {
        id
        items {
          id
        }
      }
    }
  }
`);

const SetTagColors = graphql(`
  mutation DemoSetTagColors($input: SetTagColorsInput!) {
    setTagColors(input: $input) {
      tagsUpdated
    }
  }
`);

const CheckOutItem = graphql(`
  mutation DemoCheckOutItem($input: CheckOutItemInput!) {
    checkOutItem(input: $input) {
      checkout {
        id
      }
    }
  }
`);

const AddShoppingEntry = graphql(`
  mutation DemoAddShoppingEntry($input: AddShoppingEntryInput!) {
    addShoppingEntry(input: $input) {
      shoppingEntry {
        id
      }
    }
  }
`);

/** The other people of a household. */
export interface Housemates {
  readonly member: Person;
  readonly viewer: Person;
}

/**
 * Creates a household that `owner` administers: its members, areas inside one another, bins with items and tags,
 * an item that is checked out, and a shopping list.
 */
export async function makeHousehold(services: Services, owner: Person, others: Housemates): Promise<void> {
  const run = runAs.bind(null, services, owner.caller) as <D, V extends Record<string, unknown>>(
    document: Parameters<typeof runAs<D, V>>[2],
    variables: V,
  ) => Promise<D>;
  const { location } = (await run(CreateLocation, { input: { name: 'Home' } })).createLocation;
  const locationId = location.id;
  for (const { caller } of [others.member, others.viewer]) {
    await runAs(services, caller, JoinLocation, { input: { inviteCode: location.inviteCode ?? '' } });
  }
  const { id: accountId } = others.viewer.caller.account;
  await run(ChangeRole, { input: { locationId, accountId, role: 'VIEWER' } });

  const made = new Map<string, { id: string; items: readonly { id: string }[] }>();
  async function furnish(areas: readonly NewArea[], parentId?: string): Promise<void> {
    for (const { name, bins = [], areas: inner = [] } of areas) {
      const { area } = (await run(CreateArea, { input: { locationId, name, parentId } })).createArea;
      for (const { items, tags, ...bin } of bins) {
        const input = { locationId, areaId: area.id, items: [...items], tags: [...tags], ...bin };
        made.set(bin.name, (await run(CreateBin, { input })).createBin.bin);
      }
      await furnish(inner, area.id);
    }
  }
  await furnish(rooms);

  for (const { tags, color } of tagColors) await run(SetTagColors, { input: { locationId, tags, color } });
  const tools = made.get('Power tools');
  if (tools?.items[0]) {
    const input = { binId: tools.id, itemId: tools.items[0].id };
    await runAs(services, others.member.caller, CheckOutItem, { input });
  }
  await run(AddShoppingEntry, { input: { locationId, name: 'AA batteries' } });
  await run(AddShoppingEntry, {
    input: { locationId, name: 'Wall plugs 8 mm', originBinId: made.get('Screws and plugs')?.id },
  });
}
