import { runAs } from '../admin/operator.ts';
import { graphql } from '../graph/core/documents.ts';
import type { Services } from '../graph/core/services.ts';
import type { Person } from './people.ts';

const bucketMs = 5 * 60_000;
const dayMs = 24 * 3600_000;

const CreateNode = graphql(`
  mutation DemoCreateNode($input: CreateVpnNodeInput!) {
    createVpnNode(input: $input) {
      vpnNode {
        id
      }
    }
  }
`);

const CreatePassword = graphql(`
  mutation DemoCreatePassword($input: CreateVpnPasswordInput!) {
    createVpnPassword(input: $input) {
      vpnPassword {
        id
      }
    }
  }
`);

const Beat = graphql(`
  mutation DemoHeartbeat($input: RecordVpnHeartbeatInput!) {
    recordVpnHeartbeat(input: $input) {
      accepted {
        id
      }
    }
  }
`);

const nodes = [
  { name: 'Frankfurt 1', ip: '203.0.113.10', host: 'fra1.vpn.example', country: 'de', peak: 620 },
  { name: 'Amsterdam 1', ip: '203.0.113.20', host: 'ams1.vpn.example', country: 'nl', peak: 480 },
  { name: 'Singapore 1', ip: '203.0.113.30', host: 'sin1.vpn.example', country: 'sg', peak: 350 },
  { name: 'São Paulo 1', ip: '2001:db8::40', host: 'gru1.vpn.example', country: 'br', peak: 210 },
] as const;

const guests = [
  { name: 'Laptop', bandwidthLimit: 50, transferLimit: 0, transferIsMonthly: false },
  { name: 'Phone', bandwidthLimit: 20, transferLimit: 100, transferIsMonthly: true },
  { name: 'Guest for a week', bandwidthLimit: 5, transferLimit: 10, expiresInSeconds: 7 * 24 * 3600 },
];

/** Bandwidth over a day: quiet at night, a peak in the evening, a little noise. */
function bandwidthAt(time: number, peak: number): number {
  const hour = (time % dayMs) / 3600_000;
  const curve = 0.35 + 0.65 * Math.max(0, Math.sin(((hour - 8) / 24) * 2 * Math.PI));
  return Math.round(peak * curve * (0.9 + 0.2 * Math.random()) * 10) / 10;
}

/** The day behind a node. Past reports cannot be made through the graph, which stamps them with now. */
async function writePastDay({ database }: Services, nodeId: number, peak: number): Promise<void> {
  const present = Math.floor(Date.now() / bucketMs) * bucketMs;
  const data = Array.from({ length: dayMs / bucketMs - 1 }, (_value, index) => {
    const startsAt = new Date(present - (index + 1) * bucketMs);
    const count = 10;
    return { nodeId, startsAt, count, bandwidthSum: count * bandwidthAt(startsAt.getTime(), peak) };
  });
  await database.db.vpnHeartbeatBucket.createMany({ data });
}

/** Gives a person's organization nodes that have reported for a day, and passwords with some traffic. */
export async function makeNetwork(services: Services, owner: Person): Promise<void> {
  const run = runAs.bind(null, services, owner.caller) as <D, V extends Record<string, unknown>>(
    document: Parameters<typeof runAs<D, V>>[2],
    variables: V,
  ) => Promise<D>;
  for (const { peak, ...input } of nodes) {
    const { id: nodeId } = (await run(CreateNode, { input })).createVpnNode.vpnNode;
    const transfers = [];
    for (const guest of guests) {
      const made = await run(CreatePassword, { input: { nodeId, ...guest } });
      transfers.push({
        passwordId: made.createVpnPassword.vpnPassword.id,
        upload: Math.round(Math.random() * 2e9),
        download: Math.round(Math.random() * 8e9),
      });
    }
    await writePastDay(services, nodeId, peak);
    const bandwidth = bandwidthAt(Date.now(), peak);
    await run(Beat, {
      input: { nodeId, bandwidth, bandwidthUsedM: bandwidth * 0.6, instanceStatus: 1, transfers },
    });
  }
  // One that was made and never deployed, as in any real list.
  await run(CreateNode, {
    input: { name: 'Tokyo 1', ip: '203.0.113.50', host: 'nrt1.vpn.example', country: 'jp' },
  });
}
