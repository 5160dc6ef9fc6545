import './recordVpnHeartbeat.ts';
import './vpnHeartbeats.ts';
