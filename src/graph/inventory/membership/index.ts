import './members.ts';
import './removeMember.ts';
import './changeMemberRole.ts';
import './resetMemberPassword.ts';
