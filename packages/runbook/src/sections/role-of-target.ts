import { slug } from '../document/plain-text.ts';
import type { Role } from '../plan.ts';

const FILLER = new Set([
  'the',
  'engineer',
  'team',
  'on',
  'call',
  'oncall',
  'and',
  'all',
  'page',
  'notify',
  'plus',
  'der',
  'die',
]);

/** The role that a target such as "Primary on-call engineer" means, by its telling words; undefined when none. */
export function roleOfTarget(target: string, roles: Role[]): Role | undefined {
  const wanted = slug(target);
  const exact = roles.find((role) => wanted === role.id || wanted.startsWith(`${role.id}-`));
  if (exact !== undefined) return exact;
  const words = telling(target);
  return roles.find((role) => covers(words, telling(role.name)) || covers(words, telling(role.title)));
}

function telling(text: string): string[] {
  return slug(text)
    .split('-')
    .filter((word) => word !== '' && !FILLER.has(word));
}

function covers(words: string[], wanted: string[]): boolean {
  return wanted.length > 0 && wanted.every((word) => words.includes(word));
}
