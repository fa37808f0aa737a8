import { sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { keyAndValue } from '../document/plain-text.ts';
import type { Severity } from '../plan.ts';
import { itemText, itemsOf } from './bullets.ts';

const ID = /\b(?:P|SEV-?|S)(\d)\b/i;

/** Severities from headings with bullets; else from bullets or table rows of the classification section. */
export function readSeverities(context: CompileContext): Severity[] {
  const fromHeadings = context.document.sections.flatMap((section) => {
    const part = context.parts.get(section);
    if (part?.part !== 'severity') return [];
    return [{ id: part.id, name: part.name, criteria: criteriaOf(section) }];
  });
  if (fromHeadings.length > 0) return fromHeadings;
  const sections = sectionsUnder(context, ['classification']);
  return [...sections.flatMap(fromBullets), ...sections.flatMap(fromTable)];
}

function criteriaOf(section: Section): string[] {
  const bullets = itemsOf(section.blocks).map(itemText);
  if (bullets.length > 0) return bullets;
  return section.blocks.flatMap((block) =>
    block.type === 'paragraph' ? [block.lines.map((line) => line.text).join(' ')] : [],
  );
}

function fromBullets(section: Section): Severity[] {
  return itemsOf(section.blocks).flatMap((item) => {
    const text = itemText(item);
    const match = ID.exec(text.slice(0, 60));
    if (match === null) return [];
    const { key, value } = keyAndValue(text);
    const name = key
      .replace(ID, '')
      .replace(/[()[\]–—-]/g, '')
      .trim();
    const nested = itemsOf(item.blocks).map(itemText);
    return [
      {
        id: `P${match[1]}`,
        name: name || `P${match[1]}`,
        criteria: value === '' ? nested : [value, ...nested],
      },
    ];
  });
}

function fromTable(section: Section): Severity[] {
  const rows = section.blocks.flatMap((block) => (block.type === 'table' ? block.rows.slice(1) : []));
  return rows.flatMap((row) => {
    const match = ID.exec(row[0]?.text ?? '');
    if (match === null) return [];
    const rest = row.slice(1).map((cell) => cell.text);
    return [{ id: `P${match[1]}`, name: rest[0] ?? `P${match[1]}`, criteria: rest.slice(1) }];
  });
}
