import { slug } from '../../document/plain-text.ts';
import type { Rule } from '../rule.ts';
import { sourceOfText } from '../source-of-text.ts';

/** RB017: where contacts are listed, a role that is not among them is the one that cannot be reached. */
export const roleWithoutContact: Rule = {
  code: 'RB017',
  level: 'info',
  find: ({ plan, document }) => {
    if (plan.contacts.length === 0) return [];
    const filled = new Set(plan.contacts.flatMap((contact) => [contact.roleId ?? '', slug(contact.name)]));
    return plan.roles
      .filter(({ id, name, title }) => ![id, slug(name), slug(title)].some((known) => filled.has(known)))
      .map(({ name }) => ({
        source: sourceOfText(document, name),
        message: `role "${name}" has no contact, expected one of that name among the contacts`,
        suggestion: `- **${name}**: on-call schedule \`${slug(name)}\``,
      }));
  },
};
