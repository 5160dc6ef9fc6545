import './accountTunnelRequests.ts';
import './accountTunnels.ts';
import './createTunnel.ts';
import './deleteTunnel.ts';
