import { sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { Section, TableBlock, TextLine } from '../document/document.ts';
import { keyAndValue, plainText } from '../document/plain-text.ts';
import { opensWithSeverity, severityId, severityRank, withoutSeverityId } from '../headings/severity-name.ts';
import type { Severity } from '../plan.ts';
import { itemText, itemsOf } from './bullets.ts';
import { columnOf, rowsOf, tablesOf } from './columns.ts';

/** A severity as written; one without a number gets it from its place. */
interface Found {
  id: string | null;
  name: string;
  criteria: string[];
}

/** Severities from headings; else from bullets, table rows or lines of the classification section. */
export function readSeverities(context: CompileContext): Severity[] {
  const fromHeadings = context.document.sections.flatMap((section) => {
    const part = context.parts.get(section);
    return part?.part === 'severity' ? [{ ...part, criteria: criteriaOf(section) }] : [];
  });
  if (fromHeadings.length > 0) return numbered(fromHeadings);
  const sections = sectionsUnder(context, ['classification']);
  const found = [
    ...sections.flatMap(fromBullets),
    ...tablesOf(sections).flatMap(fromTable),
    ...sections.flatMap(fromLines),
  ];
  if (found.length > 0) return numbered(found);
  return numbered(tablesOf(context.document.sections).filter(namesSeverities).slice(0, 1).flatMap(fromTable));
}

/** `Critical`, `High`, `Low` are P0, P1, P2 in the order of the document, unless they carry numbers of their own. */
function numbered(found: Found[]): Severity[] {
  const unnumbered = found.filter((severity) => severity.id === null);
  return found.map(({ id, name, criteria }) => {
    const own =
      id ??
      `P${Math.min(
        unnumbered.findIndex((other) => other.name === name),
        9,
      )}`;
    return { id: own, name, criteria };
  });
}

function criteriaOf(section: Section): string[] {
  const bullets = itemsOf(section.blocks).map(itemText);
  if (bullets.length > 0) return bullets;
  const rows = tablesOf([section]).flatMap(rowsOf);
  if (rows.length > 0) return rows.map((row) => row.map((cell) => plainText(cell.text)).join(': '));
  return section.blocks.flatMap((block) =>
    block.type === 'paragraph' ? [plainText(block.lines.map((line) => line.text).join(' '))] : [],
  );
}

function fromBullets(section: Section): Found[] {
  return itemsOf(section.blocks).flatMap((item) =>
    fromLine(itemText(item), itemsOf(item.blocks).map(itemText)),
  );
}

function fromLines(section: Section): Found[] {
  return section.blocks.flatMap((block) =>
    block.type === 'paragraph' ? block.lines.flatMap((line) => fromLine(plainText(line.text), [])) : [],
  );
}

function fromLine(text: string, nested: string[]): Found[] {
  const { key, value } = keyAndValue(text);
  const isMarked = key === '' ? opensWithSeverity(text) : severityId(key) !== null;
  if (!isMarked && (key === '' || severityRank(key) === null)) return [];
  const id = isMarked ? severityId(text) : null;
  const name = withoutSeverityId(key) || (id ?? key);
  const said = key === '' ? withoutSeverityId(text) : value;
  return [{ id, name, criteria: said === '' ? nested : [said, ...nested] }];
}

const NAME = [/name|title|bezeichnung|nom\b|nombre/i];
const MEANING = /descri|meaning|means|impact|criteri|definition|bedeutung|beschreibung|what|qué|signifi/i;

function fromTable(table: TableBlock): Found[] {
  const header = table.rows[0] ?? [];
  const nameAt = nameColumn(header);
  return rowsOf(table).flatMap((row) => {
    const cells = row.map((cell) => plainText(cell.text));
    const [first = '', ...rest] = cells;
    const id = severityId(first);
    if (id === null && severityRank(first) === null) return [];
    const inFirst = id === null ? first : withoutSeverityId(first);
    const name = inFirst || (cells[nameAt] ?? '') || (id ?? first);
    const criteria = rest.filter((cell) => cell !== '' && cell !== name);
    return [{ id, name, criteria }];
  });
}

/** The column of names: the one that says so, else the second, unless that one explains. */
function nameColumn(header: TextLine[]): number {
  const named = columnOf(header, NAME);
  if (named > 0) return named;
  return MEANING.test(header[1]?.text ?? '') ? -1 : 1;
}

const HEADER = /^(?:severity|sev|priority|schweregrad|gravité|sévérité|severidad|gravedad)\b/i;

/** A table of severities under a heading of any name: its first column says so, and so does each row. */
function namesSeverities(table: TableBlock): boolean {
  const header = plainText(table.rows[0]?.[0]?.text ?? '');
  const rows = rowsOf(table);
  return HEADER.test(header) && rows.length > 1 && rows.every(isSeverityRow);
}

function isSeverityRow(row: TextLine[]): boolean {
  const first = plainText(row[0]?.text ?? '');
  return severityId(first) !== null || severityRank(first) !== null;
}
