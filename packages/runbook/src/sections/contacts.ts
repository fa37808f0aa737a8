import { sectionsUnder, type CompileContext } from '../compile-context.ts';
import { keyAndValue, plainText } from '../document/plain-text.ts';
import { rangeOfLine } from '../document/source-range.ts';
import type { Contact, Role } from '../plan.ts';
import { allItems, itemLine } from './bullets.ts';
import { proseOf } from './sentences.ts';
import { roleFinder } from './role-of-target.ts';

const TO_FILL = /^(?:\[[^\]]*\]|<[^>]*>|tbd|todo|n\/a|x{3,}.*|\?+|\+?[\s\d-]*x{3,}[\sx\d-]*|)$/i;

/** Contacts from the bullets, the tables and the `name: number` lines of the contacts section. */
export function readContacts(context: CompileContext, roles: Role[]): Contact[] {
  const sections = sectionsUnder(context, ['contacts']);
  const roleOf = roleFinder(roles);
  const fromBullets = sections.flatMap((section) =>
    allItems(section).map((item) => {
      const line = itemLine(item);
      return contactOf(keyAndValue(line.text), rangeOfLine(line), roleOf);
    }),
  );
  const rows = sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.type === 'table' ? block.rows.slice(1) : [])),
  );
  const fromTable = rows.flatMap((row) => {
    const [name, ...rest] = row;
    if (name === undefined) return [];
    const value = rest.map((cell) => plainText(cell.text)).join(', ');
    return [contactOf({ key: plainText(name.text), value }, rangeOfLine(name), roleOf)];
  });
  const fromLines = sections.flatMap((section) =>
    proseOf(section).map(({ text, source }) => contactOf(keyAndValue(text), source, roleOf)),
  );
  return [...fromBullets, ...fromTable, ...fromLines].filter((contact) => contact.name !== '');
}

function contactOf(
  pair: { key: string; value: string },
  source: Contact['source'],
  roleOf: (target: string) => Role | undefined,
): Contact {
  const role = roleOf(pair.key);
  const placeholder = TO_FILL.test(pair.value);
  const contact = { name: pair.key, value: pair.value, placeholder, source };
  return role === undefined ? contact : { ...contact, roleId: role.id };
}
