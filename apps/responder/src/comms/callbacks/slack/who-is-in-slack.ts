import type { Person } from '#oncall';
import type { Answered } from '../../acknowledge/acknowledge-for.ts';
import { type CallbackRoom, personAt } from '../callback-room.ts';

/** The person behind a Slack user, or what to say to a stranger. */
export function whoIsInSlack(room: CallbackRoom, user: string): Person | Answered {
  return (
    personAt(room, ['slack'], user) ?? {
      ok: false,
      text: `Nobody here has the Slack user ${user} as a contact: nothing is done.`,
    }
  );
}
