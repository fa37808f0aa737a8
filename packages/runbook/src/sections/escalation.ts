import { reportError, reportWarning, sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { TableBlock, TextLine } from '../document/document.ts';
import { plainText } from '../document/plain-text.ts';
import { rangeOfLine } from '../document/source-range.ts';
import { readStart } from '../grammar/start-time.ts';
import { isWindow, looksLikeWindow } from '../grammar/window.ts';
import type { EscalationLevel, Role, SourceRange } from '../plan.ts';
import { itemLine, itemsOf } from './bullets.ts';
import { columnOf, rowsOf, tablesOf } from './columns.ts';
import { proseOf, type Sentence } from './sentences.ts';
import { targetOf } from './target-of.ts';
import { roleFinder } from './role-of-target.ts';

const TIME = [
  /elapsed|time|zeit|temps|tiempo/i,
  /after|when|window|dauer|duration|durée|nach|après|cuándo|después/i,
];
const LEVEL = [/level|tier|stufe|ebene|niveau|nivel|^l$|^#$/i];
const TARGET = [
  /who|whom|person|role|contact|owner|escalate|notify|target|wer\b|kontakt|ansprech|ziel|rolle|qui\b|quién|responsable/i,
  /action|page|call|team|aktion|acción/i,
];
const LEVEL_NAME = /\b(L\d|level \d|tier \d|stufe \d|niveau \d|nivel \d)\b/i;

interface Row {
  name: string;
  target: string;
}

/** Escalation levels from the tables of the escalation section, else from its bullets, else from its sentences. */
export function readEscalation(context: CompileContext, roles: Role[]): EscalationLevel[] {
  const sections = sectionsUnder(context, ['escalation']);
  const inTables = tablesOf(sections).flatMap((table) => levelsOfTable(context, table));
  const inBullets = (): EscalationLevel[] =>
    levelsOfText(
      context,
      sections.flatMap((section) => itemsOf(section.blocks)).map((item) => asSentence(itemLine(item))),
    );
  const inProse = (): EscalationLevel[] => levelsOfProse(sections.flatMap(proseOf));
  const found = [() => inTables, inBullets, inProse]
    .map((read) => read())
    .find((levels) => levels.length > 0);
  const roleOf = roleFinder(roles);
  return closed(found ?? []).map((level) => {
    const role = roleOf(level.target);
    return role === undefined ? level : { ...level, roleId: role.id };
  });
}

function levelsOfTable(context: CompileContext, table: TableBlock): EscalationLevel[] {
  const header = table.rows[0] ?? [];
  const time = columnOf(header, TIME);
  const target = columnOf(header, TARGET);
  const level = columnOf(header, LEVEL);
  if (time < 0 || target < 0) {
    reportColumns(context, table);
    return [];
  }
  return rowsOf(table).flatMap((row, index) => {
    const name = level < 0 ? '' : plainText(row[level]?.text ?? '');
    const cell = row[time];
    return cell === undefined
      ? []
      : levelOf(context, asSentence(cell), {
          name: name || `L${index + 1}`,
          target: plainText(row[target]?.text ?? ''),
        });
  });
}

/** A table with times in it is one of levels that cannot be read; any other is told, and left to people. */
function reportColumns(context: CompileContext, table: TableBlock): void {
  const found = (table.rows[0] ?? []).map((cell) => cell.text).join(' | ');
  const message = `escalation table: found columns "${found}", expected a column of times and one of people`;
  const rows = rowsOf(table);
  const timed = rows.filter((row) => row.some((cell) => isWindow(plainText(cell.text))));
  const holdsTimes = timed.length * 2 > rows.length;
  if (holdsTimes) reportError(context, 'RB005', table.source, message);
  else reportWarning(context, 'RB005', table.source, `${message}; nobody is woken by it`);
}

function asSentence(line: TextLine): Sentence {
  return { text: plainText(line.text), source: rangeOfLine(line) };
}

function levelOf(context: CompileContext, said: Sentence, row: Row): EscalationLevel[] {
  const window = readStart(said.text);
  if (window === null) {
    const message = `escalation time: found "${said.text}", expected a span such as "0-30 mins" or "2+ hours"`;
    reportError(context, 'RB005', said.source, message);
    return [];
  }
  if (row.target === '') {
    const message = `escalation level ${row.name}: found nobody, expected who is called`;
    reportError(context, 'RB005', said.source, message);
    return [];
  }
  return [{ level: row.name, ...window, target: row.target, source: said.source }];
}

function levelsOfText(context: CompileContext, sentences: Sentence[]): EscalationLevel[] {
  return sentences
    .filter(({ text }) => readStart(text) !== null || looksLikeWindow(text))
    .flatMap((said, index) =>
      levelOf(context, said, { name: levelName(said.text, index), target: targetOf(said.text) }),
    );
}

/** Sentences about other things stand between those about levels, so one without a time or a person is passed over. */
function levelsOfProse(sentences: Sentence[]): EscalationLevel[] {
  const levels = sentences.flatMap(({ text, source }) => {
    const window = readStart(text);
    const target = targetOf(text);
    return window === null || target === '' ? [] : [{ window, target, text, source }];
  });
  return levels.map(({ window, target, text, source }, index) =>
    withWindow(levelName(text, index), { window, target, source }),
  );
}

function withWindow(
  level: string,
  {
    window,
    target,
    source,
  }: { window: { fromMinutes: number; toMinutes: number | null }; target: string; source: SourceRange },
): EscalationLevel {
  return { level, ...window, target, source };
}

function levelName(text: string, index: number): string {
  return LEVEL_NAME.exec(text)?.[1] ?? `L${index + 1}`;
}

/** "After 15 minutes X, after 30 minutes Y": each level lasts until the next begins. */
function closed(levels: EscalationLevel[]): EscalationLevel[] {
  const sorted = levels.toSorted((a, b) => a.fromMinutes - b.fromMinutes);
  if (!sorted.every((level) => level.toMinutes === null)) return sorted;
  return sorted.map((level, index) => ({ ...level, toMinutes: sorted[index + 1]?.fromMinutes ?? null }));
}
