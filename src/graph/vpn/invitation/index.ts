import './acceptInvitation.ts';
import './inviteMember.ts';
import './revokeInvitation.ts';
import './type.ts';
