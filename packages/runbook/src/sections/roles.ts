import { sectionsUnder, uniqueId, type CompileContext } from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { keyAndValue, plainText, slug } from '../document/plain-text.ts';
import type { Role } from '../plan.ts';
import { itemLines, itemText, itemsOf } from './bullets.ts';

const TITLE = /^(?:role|title|position|rolle|funktion|rôle|poste|función|puesto)$/i;
const DUTY =
  /^(?:responsibilit(?:y|ies)|dut(?:y|ies)|does|tasks?|verantwortung|aufgaben?|zuständig(?:keit)?|responsabilités?|tâches?|responsabilidad(?:es)?|tareas?)$/i;

/** Roles from headings below the team section; else from its bullets or its table. */
export function readRoles(context: CompileContext): Role[] {
  const sections = sectionsUnder(context, ['team']);
  const headed = sections.filter((section) => context.parts.get(section)?.part === 'prose');
  if (headed.length > 0) return headed.map((section) => roleOf(context, section));
  return [...sections.flatMap((section) => fromBullets(context, section)), ...fromTables(context, sections)];
}

function roleOf(context: CompileContext, section: Section): Role {
  const pairs = linesOf(section).map(keyAndValue);
  const find = (key: RegExp): string => pairs.find((pair) => key.test(pair.key))?.value ?? '';
  const loose = pairs.filter((pair) => pair.key === '').map((pair) => pair.value);
  return {
    id: roleId(context, section.title),
    name: section.title,
    title: find(TITLE) || section.title,
    duty: find(DUTY) || loose.join(' '),
  };
}

function linesOf(section: Section): string[] {
  return section.blocks.flatMap((block) => {
    if (block.type === 'paragraph') return block.lines.map((line) => line.text);
    return block.type === 'list' ? block.items.map((item) => itemLines(item)[0]?.text ?? '') : [];
  });
}

function fromBullets(context: CompileContext, section: Section): Role[] {
  return itemsOf(section.blocks).map((item) => {
    const { key, value } = keyAndValue(itemLines(item)[0]?.text ?? '');
    const name = key || itemText(item);
    return { id: roleId(context, name), name, title: name, duty: key === '' ? '' : value };
  });
}

function fromTables(context: CompileContext, sections: Section[]): Role[] {
  const rows = sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.type === 'table' ? block.rows.slice(1) : [])),
  );
  return rows.map((row) => {
    const [name = '', ...rest] = row.map((cell) => plainText(cell.text));
    return {
      id: roleId(context, name),
      name,
      title: rest.length > 1 ? (rest[0] ?? name) : name,
      duty: rest.at(-1) ?? '',
    };
  });
}

/** Role ids live beside step ids in one plan, but are looked up by themselves: they stay as short as the name. */
function roleId(context: CompileContext, name: string): string {
  return uniqueId(context, slug(name) || 'role');
}
