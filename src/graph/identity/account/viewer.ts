import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { CredentialType } from '../session/types.ts';
import { AccountType } from './type.ts';

builder.queryFields((t) => ({
  viewer: t.field({
    access: signedIn,
    type: AccountType,
    description: 'The signed-in account, and the way to everything of its own.',
    extensions: weigh({ statements: 0 }),
    resolve: (_root, _args, context) => requireCaller(context).account,
  }),
  credential: t.field({
    access: signedIn,
    type: CredentialType,
    description: 'What this request was signed in with.',
    extensions: weigh({ statements: 0 }),
    resolve: (_root, _args, context) => requireCaller(context).credential,
  }),
}));
