import './createInvitation.ts';
