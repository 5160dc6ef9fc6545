import './accountTunnels.ts';
import './accountTunnelRequests.ts';
import './createTunnel.ts';
import './deleteTunnel.ts';
