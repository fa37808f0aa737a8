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

/** Finds the role that a target such as "Primary on-call engineer" means, by its telling words. */
export function roleFinder(roles: Role[]): (target: string) => Role | undefined {
  const known = roles.map((role) => ({
    role,
    words: [role.name, role.name.replace(/\([^()]*\)/g, ''), role.title].map(telling),
  }));
  const found = new Map<string, Role | undefined>();
  return (target) => {
    const wanted = slug(target);
    if (found.has(wanted)) return found.get(wanted);
    const words = telling(target);
    const exact = roles.find((role) => wanted === role.id || wanted.startsWith(`${role.id}-`));
    const byWords = known.find((entry) => entry.words.some((own) => covers(words, own)));
    const role = exact ?? byWords?.role;
    found.set(wanted, role);
    return role;
  };
}

function telling(text: string): string[] {
  return slug(text)
    .split('-')
    .filter((word) => word !== '' && !FILLER.has(word));
}

function covers(words: string[], wanted: string[]): boolean {
  return wanted.length > 0 && wanted.every((word) => words.includes(word));
}
