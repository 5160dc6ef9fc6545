import './createVpnPassword.ts';
import './deleteVpnPassword.ts';
import './sharedVpnPassword.ts';
import './updateVpnPassword.ts';
import './vpnPasswords.ts';
