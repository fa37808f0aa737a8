import type { Incident } from '#incidents';
import { type Person, sameMeaning } from '#oncall';
import { slackContactsOf } from '../offers/slack-contacts-of.ts';

/** Levels of the escalation matrix that stand for the executives, by their names in the document. */
export function executiveLevels(
  escalation: readonly { readonly level: string; readonly target: string }[],
): ReadonlySet<string> {
  return new Set(
    escalation.filter(({ target }) => sameMeaning(target, 'executives')).map(({ level }) => level),
  );
}

/**
 * Slack users who are invited: commander, communications, scribe, and who was paged. Executives hear by their own updates: who was paged as
 * one alone is not, until they take a role.
 */
export function peopleOfRoom(
  incident: Incident,
  people: readonly Person[],
  executives: ReadonlySet<string>,
): readonly string[] {
  const pages = incident.pages.filter((page) => !executives.has(page.level));
  return slackContactsOf({ ...incident, pages }, people)
    .map((one) => one.address)
    .filter((one) => /^[UW]/.test(one));
}
