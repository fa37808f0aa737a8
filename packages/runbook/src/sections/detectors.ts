import { reportError, reportWarning, sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { Annotation, Section, TableBlock, TextLine } from '../document/document.ts';
import { plainText } from '../document/plain-text.ts';
import { rangeOfLine, rangeOfPart } from '../document/source-range.ts';
import { readThreshold } from '../grammar/threshold.ts';
import { topicsAbove } from '../headings/outline.ts';
import type { Detector, DetectorKind, Threshold } from '../plan.ts';
import { itemLine, itemText, itemsOf } from './bullets.ts';
import { columnOf, rowsOf, tablesOf } from './columns.ts';
import { detectorKind, namedKind, raisedByPeople } from './detector-kind.ts';

/** What is said about one detector, and where. */
interface Said {
  text: string;
  line: TextLine;
  annotation?: Annotation;
}

/** One detector a bullet, or a table row, of the detection sections. */
export function readDetectors(context: CompileContext): Detector[] {
  const sections = sectionsUnder(context, ['detection', 'automated-detection', 'manual-detection']);
  return sections.flatMap((section) => {
    const byPeople = isManual(context, section);
    return [...fromBullets(section), ...tablesOf([section]).flatMap(fromTable)].map((said) =>
      detectorOf(context, said, byPeople),
    );
  });
}

function fromBullets(section: Section): Said[] {
  return itemsOf(section.blocks).map((item) => ({
    text: itemText(item),
    line: itemLine(item),
    ...(item.annotation === undefined ? {} : { annotation: item.annotation }),
  }));
}

const WHAT = [/alert|alarm|signal|detector|meldung|alerta|alerte/i, /metric|check|name|what|was|qué|quoi/i];
const LIMIT = [/threshold|limit|schwelle|grenze|seuil|umbral/i, /condition|trigger|when|bedingung/i];

/** `| Alert | Threshold |`: the name, with its limit in brackets. */
function fromTable(table: TableBlock): Said[] {
  const header = table.rows[0] ?? [];
  const limit = columnOf(header, LIMIT);
  const what = Math.max(columnOf(header, WHAT), 0);
  return rowsOf(table).flatMap((row) => {
    const line = row[what];
    if (line === undefined || line.text === '') return [];
    const name = plainText(line.text);
    const bound = limit < 0 || limit === what ? '' : plainText(row[limit]?.text ?? '');
    return [{ text: bound === '' ? name : `${name} (${bound})`, line }];
  });
}

function isManual(context: CompileContext, section: Section): boolean {
  const part = context.parts.get(section);
  const topics = [...(part?.part === 'topic' ? [part.topic] : []), ...topicsAbove(section, context.parts)];
  return topics[0] === 'manual-detection';
}

function detectorOf(context: CompileContext, said: Said, byPeople: boolean): Detector {
  const { text, line, annotation } = said;
  const kind = namedKind(annotation?.kind ?? '') ?? detectorKind(text, byPeople);
  const threshold = thresholdOf(context, said, kind);
  const bound = kind !== 'unknown' || annotation?.metric !== undefined;
  return {
    kind,
    text,
    ...(threshold === undefined ? {} : { threshold }),
    bound,
    manual: byPeople || raisedByPeople(kind),
    source: rangeOfLine(line),
  };
}

function thresholdOf(context: CompileContext, said: Said, kind: DetectorKind): Threshold | undefined {
  const { text, line } = said;
  const expected = expectedUnit(kind);
  const result = readThreshold(text, expected);
  if (result === null) return undefined;
  if ('wrong' in result) {
    // A limit that no source measures is no mistake of the text, unless nothing of it can be read.
    const isMistake = expected !== null && kind !== 'database-connections' && !result.foreign;
    const place = rangeOfPart(line, result.found);
    if (isMistake) reportError(context, 'RB011', place, `threshold: ${result.wrong}`);
    else reportWarning(context, 'RB010', place, `threshold: ${result.wrong}`);
    return undefined;
  }
  const { threshold } = result;
  const isShare = threshold.unit === '%';
  if (expected === null || isShare === (expected === 'share')) return threshold;
  const found = `${threshold.op}${threshold.value}${threshold.unit}`;
  const words = expected === 'share' ? 'a percentage' : 'a duration';
  reportError(
    context,
    'RB011',
    rangeOfLine(line),
    `threshold: found "${found}", expected ${words} for ${kind}`,
  );
  return undefined;
}

function expectedUnit(kind: DetectorKind): 'share' | 'duration' | null {
  if (kind === 'error-rate' || kind === 'database-connections') return 'share';
  return kind === 'latency' ? 'duration' : null;
}
