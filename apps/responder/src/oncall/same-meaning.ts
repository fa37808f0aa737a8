/** Words that name any person on call and so tell no role from another. */
const filler = new Set(['engineer', 'engineers', 'the', 'of', 'team', 'person', 'role', 'level', 'staff']);

/** Other ways to write one word. */
const aliases: Readonly<Record<string, string>> = {
  dba: 'database administrator',
  oncall: 'on call',
  mgmt: 'management',
  manager: 'management',
  managers: 'management',
  executive: 'executives',
  exec: 'executives',
  execs: 'executives',
  leadership: 'executives',
  db: 'database',
  admin: 'administrator',
};

/** Whether two names mean the same role: `Primary on-call engineer` and `primary-on-call` do. */
export function sameMeaning(one: string, other: string): boolean {
  const first = words(one);
  const second = words(other);
  return first.size > 0 && first.size === second.size && [...first].every((word) => second.has(word));
}

function words(text: string): Set<string> {
  const plain = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const spelled = plain.flatMap((word) => (aliases[word] ?? word).split(' '));
  return new Set(spelled.filter((word) => !filler.has(word)));
}
