import type { Rule } from '../rule.ts';

/** RB071: a contact that is still to be filled cannot be called. */
export const openContact: Rule = {
  code: 'RB071',
  level: 'warning',
  find: ({ plan }) =>
    plan.contacts
      .filter((contact) => contact.placeholder)
      .map((contact) => ({
        source: contact.source,
        message: `contact "${contact.name}" is still ${contact.value || 'empty'}, expected something that rings`,
        suggestion: 'a number, an address, or the name of an on-call schedule',
      })),
};
