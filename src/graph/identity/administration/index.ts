import './accounts.ts';
import './createAccount.ts';
import './updateAccount.ts';
import './revokeAnyApiKey.ts';
