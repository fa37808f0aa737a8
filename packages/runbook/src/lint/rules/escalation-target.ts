import type { LintContext, Rule } from '../rule.ts';
import type { Finding } from '../rule.ts';
import { slug } from '../../document/plain-text.ts';

/** RB070: a level nobody fills wakes nobody; an audience told before its level is reached hears it from others. */
export const escalationTarget: Rule = {
  code: 'RB070',
  level: 'warning',
  find: (context) => [...unfilled(context), ...toldEarly(context)],
};

function unfilled({ plan }: LintContext): Finding[] {
  const contacts = new Set(plan.contacts.map((contact) => slug(contact.name)));
  return plan.escalation
    .filter((level) => level.roleId === undefined && !contacts.has(slug(level.target)))
    .map((level) => ({
      source: level.source,
      message: `level ${level.level}: "${level.target}" is neither a role nor a contact of this document`,
      suggestion: `a role "${level.target}" under the response team, or a contact of that name`,
    }));
}

function toldEarly({ plan }: LintContext): Finding[] {
  return plan.triggers.flatMap((trigger) => {
    if (trigger.audience !== 'executives') return [];
    const level = plan.escalation.find((candidate) => /executive|leadership/i.test(candidate.target));
    if (level === undefined || trigger.afterMinutes >= level.fromMinutes) return [];
    const message = `executives are told after ${trigger.afterMinutes} min, but level ${level.level} is reached at ${level.fromMinutes} min`;
    const suggestion =
      'after the level is reached, or why not: <!-- tocsin: {"allow":"RB070","because":"..."} -->';
    return [{ source: trigger.source, message, suggestion }];
  });
}
