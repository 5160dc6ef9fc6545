import { Issues } from '../../../errors/issues.ts';
import { verified } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { organizationIdFor } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { maxPasswordsPerNode } from '../password/rules.ts';
import { vpnServices } from '../vpnServices.ts';
import type { AcceptedPassword } from './heartbeats.ts';
import { maxBandwidth } from './rules.ts';

const VpnTransferInput = builder.inputType('VpnTransferInput', {
  description: 'The running totals of one password.',
  fields: (t) => ({
    passwordId: t.int({
      required: true,
      description: 'The password; one that is not the node’s is passed over.',
    }),
    upload: t.field({ type: 'BigInt', required: true, description: 'Bytes up.' }),
    download: t.field({ type: 'BigInt', required: true, description: 'Bytes down.' }),
  }),
});

const inputFields = inputFieldsOf((t) => ({
  ...organizationField(t),
  nodeId: t.int({ required: true, description: 'The node.' }),
  bandwidth: t.float({ description: `0 to ${maxBandwidth}.` }),
  bandwidthUsedM: t.float({ description: `0 to ${maxBandwidth}.` }),
  instanceStatus: t.int({ description: '-1 or more.' }),
  transfers: t.field({ type: [VpnTransferInput], description: `At most ${maxPasswordsPerNode}.` }),
}));
type Input = InputOf<typeof inputFields>;

const AcceptedVpnPassword = builder.objectRef<AcceptedPassword>('AcceptedVpnPassword').implement({
  description: 'A password that a node must accept now.',
  fields: (t) => ({
    id: t.exposeInt('id', { description: 'The password.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    password: t.exposeString('password', { description: 'The password itself.' }),
    bandwidthLimit: t.exposeInt('bandwidthLimit', { description: 'MB a second.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its time ends.',
    }),
  }),
});

/** What is wrong with a reported bandwidth, if anything. */
function bandwidthFault(value: number): string | undefined {
  if (value < 0) return 'must be 0 or more';
  return value > maxBandwidth ? `must be at most ${maxBandwidth}` : undefined;
}

function check({ bandwidth, bandwidthUsedM, instanceStatus, transfers }: Input) {
  const issues = new Issues();
  for (const [name, value] of Object.entries({ bandwidth, bandwidthUsedM })) {
    const fault = bandwidthFault(value ?? 0);
    if (fault) issues.add(name, 'range', fault);
  }
  if (instanceStatus != null && instanceStatus < -1)
    issues.add('instanceStatus', 'range', 'must be -1 or more');
  const totals = (transfers ?? []).map(({ passwordId, upload, download }, index) => {
    if (upload < 0n) issues.add(['transfers', index, 'upload'], 'range', 'must be 0 or more');
    if (download < 0n) issues.add(['transfers', index, 'download'], 'range', 'must be 0 or more');
    return { id: passwordId, upload: Number(upload), download: Number(download) };
  });
  if (totals.length > maxPasswordsPerNode) {
    issues.add('transfers', 'too_long', `must have at most ${maxPasswordsPerNode} entries`);
  }
  issues.throwIfAny();
  return {
    bandwidth: bandwidth ?? undefined,
    bandwidthUsedM: bandwidthUsedM ?? undefined,
    instanceStatus: instanceStatus ?? undefined,
    totals,
  };
}

builder.relayMutationField(
  'recordVpnHeartbeat',
  { description: 'What a node’s agent reports; what is left out stays as it was.', inputFields },
  {
    // The hot path: membership and role are read for all heartbeats of a group by one statement.
    access: verified,
    description:
      'Sent by a node’s agent. The first one after a deployment or an absence makes the node deployed. Goes through while the organization is suspended, because the agent has to hear that nobody may connect.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const heartbeat = {
        ...check(input),
        nodeId: input.nodeId,
        accountId: caller.account.id,
        organizationId: organizationIdFor(caller, input.organizationId),
      };
      return { accepted: await vpnServices(context).heartbeats.record(heartbeat) };
    },
  },
  {
    description: 'What a node has to know.',
    outputFields: (t) => ({
      accepted: t.field({
        type: [AcceptedVpnPassword],
        description:
          'The passwords that may connect now, all of them and no others; none while the node is disabled or expired or its organization is suspended.',
        resolve: ({ accepted }) => [...accepted],
      }),
    }),
  },
);
