import { graphql } from '../../graph/core/documents.ts';
import { command } from '../command.ts';
import { moment } from '../io.ts';
import { wholeNumberOf } from '../values.ts';

const Invite = graphql(`
  mutation AdminInvite($input: CreateInvitationInput!) {
    createInvitation(input: $input) {
      code
      expiresAt
    }
  }
`);

export const invite = command({
  name: 'invite',
  summary: 'Make a code with which one person may register',
  details: 'For REGISTRATION_MODE=invite. The code is shown only here.',
  options: { hours: { type: 'string', value: 'N', about: 'how long it is good; 168 unless given' } },
  async run({ options: { hours }, graph, io }) {
    const input = hours === undefined ? {} : { validHours: wholeNumberOf('hours', hours) };
    const { createInvitation } = await graph.run(Invite, { input });
    io.print(createInvitation.code);
    io.note(`Good for one registration until ${moment(createInvitation.expiresAt)}.`);
  },
});
