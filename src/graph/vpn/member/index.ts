import './members.ts';
import './removeMember.ts';
import './updateMember.ts';
