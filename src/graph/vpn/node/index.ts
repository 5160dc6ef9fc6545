import './createVpnNode.ts';
import './deleteVpnNode.ts';
import './redeployVpnNode.ts';
import './setVpnNodeEnabled.ts';
import './updateVpnNode.ts';
import './vpnNodeChanges.ts';
import './vpnNodes.ts';
