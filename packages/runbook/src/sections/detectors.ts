import { reportError, reportWarning, sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { ListItem, Section } from '../document/document.ts';
import { rangeOfLine, rangeOfPart } from '../document/source-range.ts';
import { readThreshold } from '../grammar/threshold.ts';
import { topicsAbove } from '../headings/outline.ts';
import type { Detector, DetectorKind, Threshold } from '../plan.ts';
import { itemLine, itemText, itemsOf } from './bullets.ts';
import { detectorKind, namedKind, raisedByPeople } from './detector-kind.ts';

/** One detector a bullet of the detection sections. */
export function readDetectors(context: CompileContext): Detector[] {
  const sections = sectionsUnder(context, ['detection', 'automated-detection', 'manual-detection']);
  return sections.flatMap((section) => {
    const byPeople = isManual(context, section);
    return itemsOf(section.blocks).map((item) => detectorOf(context, item, byPeople));
  });
}

function isManual(context: CompileContext, section: Section): boolean {
  const part = context.parts.get(section);
  const topics = [...(part?.part === 'topic' ? [part.topic] : []), ...topicsAbove(section, context.parts)];
  return topics[0] === 'manual-detection';
}

function detectorOf(context: CompileContext, item: ListItem, byPeople: boolean): Detector {
  const text = itemText(item);
  const kind = namedKind(item.annotation?.kind ?? '') ?? detectorKind(text, byPeople);
  const threshold = thresholdOf(context, item, text, kind);
  const bound = kind !== 'unknown' || item.annotation?.metric !== undefined;
  return {
    kind,
    text,
    ...(threshold === undefined ? {} : { threshold }),
    bound,
    manual: byPeople || raisedByPeople(kind),
    source: rangeOfLine(itemLine(item)),
  };
}

function thresholdOf(
  context: CompileContext,
  item: ListItem,
  text: string,
  kind: DetectorKind,
): Threshold | undefined {
  const result = readThreshold(text);
  if (result === null) return undefined;
  const line = itemLine(item);
  if ('wrong' in result) {
    const found = /"([^"]*)"/.exec(result.wrong)?.[1] ?? '';
    const report =
      expectedUnit(kind) === null || kind === 'database-connections' ? reportWarning : reportError;
    report(
      context,
      report === reportError ? 'RB011' : 'RB010',
      rangeOfPart(line, found),
      `threshold: ${result.wrong}`,
    );
    return undefined;
  }
  const { threshold } = result;
  const expected = expectedUnit(kind);
  const isShare = threshold.unit === '%';
  if (expected === null || isShare === (expected === 'a percentage')) return threshold;
  const found = `${threshold.op}${threshold.value}${threshold.unit}`;
  reportError(
    context,
    'RB011',
    rangeOfLine(line),
    `threshold: found "${found}", expected ${expected} for ${kind}`,
  );
  return undefined;
}

function expectedUnit(kind: DetectorKind): 'a percentage' | 'a duration' | null {
  if (kind === 'error-rate' || kind === 'database-connections') return 'a percentage';
  return kind === 'latency' ? 'a duration' : null;
}
