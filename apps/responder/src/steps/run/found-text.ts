import type { Check } from '#incidents';
import { holds } from './post-check.ts';

const writtenCheck = 'change-written';

/** Whether the cluster shows that the change was written, whatever came of it. */
export function isWritten(checks: readonly Check[]): boolean {
  return checks.some((check) => check.name === writtenCheck && check.ok);
}

/** All that is known of a change that was under way when the responder ended, from what the cluster shows now. */
export function foundText(checks: readonly Check[]): string {
  const seen = checks.map((check) => check.text).join('; ');
  if (holds(checks))
    return `found done after a restart of the responder; it may have run before or been done by others: ${seen}`;
  if (isWritten(checks))
    return `the responder ended while this ran: it was written, by it or by others, and is not done: ${seen}; it is not repeated`;
  if (checks.length === 0)
    return 'the responder ended while this ran: it may have run, nothing of it can be looked at; it is not repeated';
  return `the responder ended while this ran: it may have run, the cluster does not show it (${seen}); it is not repeated`;
}
