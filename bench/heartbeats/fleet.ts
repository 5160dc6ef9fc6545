import { newId } from '../../src/graph/core/newId.ts';
import { makeKeyText } from '../../src/graph/identity/apiKey/formats.ts';
import { monthOf } from '../../src/graph/vpn/password/transfer.ts';
import { createPasswordVault } from '../../src/graph/vpn/password/vault.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { createKeyring } from '../../src/platform/secrets/keyring.ts';
import { randomBase62 } from '../../src/platform/secrets/tokens.ts';

const nodeCount = 500;
const passwordsPerNode = 5;

/** Nodes whose agents report, and what they send. */
export interface Fleet {
  readonly headers: Readonly<Record<string, string>>;
  /** Where each report goes. */
  readonly paths: readonly string[];
  readonly bodies: readonly string[];
}

/** An organization with 500 nodes of five passwords each. */
export async function seedFleet({ db }: Database, secretKey: string): Promise<Fleet> {
  const { text, prefix, hash } = makeKeyText('BINGO');
  const account = await db.account.create({
    data: {
      id: newId(),
      email: 'fleet@example.com',
      name: 'Fleet',
      emailVerifiedAt: new Date(),
      apiKeys: { create: { id: newId(), format: 'BINGO', name: 'agents', prefix, hash } },
    },
  });
  const organization = await db.organization.create({
    data: {
      ownerId: account.id,
      name: 'Fleet',
      contactEmail: account.email,
      members: { create: { id: newId(), accountId: account.id, role: 'OWNER' } },
    },
  });
  await db.vpnNode.createMany({
    data: Array.from({ length: nodeCount }, (_, index) => ({
      organizationId: organization.id,
      name: `Node ${index}`,
      ip: '192.0.2.1',
      host: `n${index}.example.com`,
      port: 443,
      country: 'de',
      searchText: `node ${index}`,
    })),
  });
  const nodes = await db.vpnNode.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  const vault = createPasswordVault(createKeyring(Buffer.from(secretKey)));
  await db.vpnPassword.createMany({
    data: nodes.flatMap(({ id: nodeId }) =>
      Array.from({ length: passwordsPerNode }, (_, index) => ({
        nodeId,
        name: `phone ${index}`,
        sealed: vault.seal(nodeId, `password ${index}`),
        fingerprint: vault.fingerprint(nodeId, `password ${index}`),
        bandwidthLimit: 10,
        transferLimit: 100,
        transferIsMonthly: true,
        month: monthOf(new Date()),
        shareCode: randomBase62(22),
      })),
    ),
  });
  const passwords = await db.vpnPassword.findMany({
    select: { id: true, nodeId: true },
    orderBy: { id: 'asc' },
  });
  const reportOf = (nodeId: number) =>
    JSON.stringify({
      bandwidth: 12.5,
      bandwidth_used_m: 300,
      instance_status: 1,
      passwords: passwords
        .filter((password) => password.nodeId === nodeId)
        .map(({ id }) => ({ id, upload_transfer: 1_000_000 + id, download_transfer: 9_000_000 + id })),
    });
  return {
    headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
    paths: nodes.map(({ id }) => `/api/v2/nodes/${id}/heartbeat/`),
    bodies: nodes.map(({ id }) => reportOf(id)),
  };
}
