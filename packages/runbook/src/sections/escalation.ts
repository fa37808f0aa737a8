import { reportError, sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { ListItem, Section, TableBlock, TextLine } from '../document/document.ts';
import { plainText } from '../document/plain-text.ts';
import { rangeOfLine } from '../document/source-range.ts';
import { looksLikeWindow, readWindow } from '../grammar/window.ts';
import type { EscalationLevel, Role } from '../plan.ts';
import { itemLine, itemsOf } from './bullets.ts';
import { roleFinder } from './role-of-target.ts';

const TIME = /time|elapsed|after|when|window|zeit|dauer|nach/i;
const LEVEL = /level|tier|stufe|ebene/i;
const TARGET = /action|target|who|contact|notify|role|person|owner|wer|aktion|kontakt|ziel/i;
const LEVEL_NAME = /\b(L\d|level \d|tier \d|stufe \d)\b/i;

/** Escalation levels from the table of the escalation section, else from its bullets. */
export function readEscalation(context: CompileContext, roles: Role[]): EscalationLevel[] {
  const sections = sectionsUnder(context, ['escalation']);
  const tables = sections.flatMap((section) =>
    section.blocks.flatMap((block) => (block.type === 'table' ? [block] : [])),
  );
  const levels =
    tables.length > 0
      ? tables.flatMap((table) => levelsOfTable(context, table))
      : sections.flatMap((section) => levelsOfBullets(context, section));
  const roleOf = roleFinder(roles);
  return closed(levels).map((level) => {
    const role = roleOf(level.target);
    return role === undefined ? level : { ...level, roleId: role.id };
  });
}

function levelsOfTable(context: CompileContext, table: TableBlock): EscalationLevel[] {
  const [header = [], ...rows] = table.rows;
  const time = columnOf(header, TIME);
  const target = columnOf(header, TARGET);
  const level = columnOf(header, LEVEL);
  if (time < 0 || target < 0) {
    const found = header.map((cell) => cell.text).join(' | ');
    const message = `escalation table: found columns "${found}", expected a column of times and one of people`;
    reportError(context, 'RB005', table.source, message);
    return [];
  }
  return rows.flatMap((row, index) => {
    const name = level < 0 ? '' : plainText(row[level]?.text ?? '');
    return levelOf(context, row[time], {
      name: name || `L${index + 1}`,
      target: plainText(row[target]?.text ?? ''),
    });
  });
}

function columnOf(header: TextLine[], words: RegExp): number {
  return header.findIndex((cell) => words.test(cell.text));
}

function levelOf(
  context: CompileContext,
  cell: TextLine | undefined,
  row: { name: string; target: string },
): EscalationLevel[] {
  if (cell === undefined) return [];
  const source = rangeOfLine(cell);
  const window = readWindow(cell.text);
  if (window === null) {
    const message = `escalation time: found "${cell.text}", expected a span such as "0-30 mins" or "2+ hours"`;
    reportError(context, 'RB005', source, message);
    return [];
  }
  if (row.target === '') {
    reportError(
      context,
      'RB005',
      source,
      `escalation level ${row.name}: found nobody, expected who is called`,
    );
    return [];
  }
  return [{ level: row.name, ...window, target: row.target, source }];
}

function levelsOfBullets(context: CompileContext, section: Section): EscalationLevel[] {
  return itemsOf(section.blocks)
    .filter((item) => looksLikeWindow(itemLine(item).text))
    .flatMap((item, index) => levelOfBullet(context, item, index));
}

function levelOfBullet(context: CompileContext, item: ListItem, index: number): EscalationLevel[] {
  const line = itemLine(item);
  const text = plainText(line.text);
  const name = LEVEL_NAME.exec(text)?.[1] ?? `L${index + 1}`;
  const target = text.split(/:\s+|\s[–—]\s|\s->\s|\s→\s/).at(-1) ?? '';
  return levelOf(context, line, { name, target: target === text ? '' : target });
}

/** "After 15 minutes X, after 30 minutes Y": each level lasts until the next begins. */
function closed(levels: EscalationLevel[]): EscalationLevel[] {
  const sorted = levels.toSorted((a, b) => a.fromMinutes - b.fromMinutes);
  if (!sorted.every((level) => level.toMinutes === null)) return sorted;
  return sorted.map((level, index) => ({ ...level, toMinutes: sorted[index + 1]?.fromMinutes ?? null }));
}
