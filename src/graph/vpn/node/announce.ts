import type { Services } from '../../core/services.ts';

/** Tells the subscribers of an organization, on every instance, that a node of it was made, changed or deleted. */
export function announce(
  { background, vpn }: Services,
  { organizationId, id }: { organizationId: number; id: number },
): void {
  background.run('tell of a changed node', () => vpn.nodeChanges.publish(organizationId, [id]));
}
