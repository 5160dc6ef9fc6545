import { builder } from '../../core/builder.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessOf, findAccess } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationReader } from '../rules.ts';
import { vpnServices } from '../vpnServices.ts';
import type { NodeChange } from './changeFeed.ts';
import { VpnNodeType } from './type.ts';

const VpnNodeChangeKind = builder.enumType('VpnNodeChangeKind', {
  description: 'What became of a node.',
  values: {
    CREATED: { description: 'It was made.' },
    CHANGED: {
      description: 'Somebody changed it, or its status changed: by a heartbeat, or because none came.',
    },
    DELETED: { description: 'It is gone.' },
  } satisfies Record<NodeChange['kind'], unknown>,
});

const VpnNodeChangeType = builder.objectRef<NodeChange>('VpnNodeChange').implement({
  description: 'A change of a node.',
  fields: (t) => ({
    kind: t.expose('kind', { type: VpnNodeChangeKind, description: 'What became of it.' }),
    nodeId: t.exposeInt('nodeId', { description: 'Which node.' }),
    node: t.expose('node', {
      type: VpnNodeType,
      nullable: true,
      description: 'As it is now; null when it is gone.',
    }),
  }),
});

builder.subscriptionField('vpnNodeChanges', (t) =>
  t.field({
    access: organizationReader,
    type: VpnNodeChangeType,
    description:
      'The changes of an organization’s nodes as they happen, over server-sent events; heartbeats that change no status are none, and one may be told twice. Ends when the credential or the membership does.',
    args: organizationArgs,
    subscribe: async (_root, { organizationId }, context) => {
      const { db, services } = context;
      const caller = requireCaller(context);
      const { id } = await accessOf(context, organizationId);
      return vpnServices({ services }).nodeChanges.subscribe(caller.account.id, id, async () => {
        // A feed outlives its request by hours: what let the caller in is looked at again every time.
        const isLive = await services.credentials.isLive(caller);
        return isLive && (await findAccess(db, caller.account.id, id)) !== null;
      });
    },
    resolve: (change) => change,
  }),
);
