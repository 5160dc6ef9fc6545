import type { Services } from '../../core/services.ts';
import { vpnServices } from '../vpnServices.ts';

/** Tells the subscribers of an organization, on every instance, that a node of it was made, changed or deleted. */
export function announce(
  services: Services,
  { organizationId, id }: { organizationId: number; id: number },
): void {
  const { nodeChanges } = vpnServices({ services });
  services.background.run('tell of a changed node', () => nodeChanges.publish(organizationId, [id]));
}
