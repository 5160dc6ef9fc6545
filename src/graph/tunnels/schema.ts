import './createTunnel.ts';
import './deleteTunnel.ts';
import './tunnelRequests.ts';
import './tunnels.ts';
