import type { RunbookDocument } from '../document/document.ts';
import type { SourceRange } from '../plan.ts';
import { beginAt } from './begin-at.ts';
import type { Finding } from './rule.ts';

/** A named, half-open span of minutes. */
export interface Span {
  name: string;
  fromMinutes: number;
  toMinutes: number | null;
  source: SourceRange;
}

/** Where spans that should follow each other from minute 0 overlap or leave time uncovered. */
export function gapsAndOverlaps(document: RunbookDocument, spans: Span[]): Finding[] {
  const findings: Finding[] = [];
  let end: number | null = 0;
  let before = 'the beginning';
  for (const span of spans) {
    const finding = breakAt(document, span, { end, before });
    if (finding !== null) findings.push(finding);
    end = span.toMinutes;
    before = span.name;
  }
  return findings;
}

function breakAt(
  document: RunbookDocument,
  span: Span,
  { end, before }: { end: number | null; before: string },
): Finding | null {
  const { source, name } = span;
  const begins = `${name} begins at ${minutes(span.fromMinutes)}`;
  if (span.toMinutes !== null && span.toMinutes <= span.fromMinutes) {
    const ends = `${name} ends at ${minutes(span.toMinutes)}`;
    return {
      source,
      message: `${ends}, expected an end after its beginning at ${minutes(span.fromMinutes)}`,
    };
  }
  if (end === null) return { source, message: `overlap: ${begins}, but ${before} has no end` };
  if (Math.abs(span.fromMinutes - end) <= 1e-6) return null;
  const kind = span.fromMinutes < end ? 'overlap' : 'gap';
  const message = `${kind}: ${begins}, expected ${minutes(end)}, where ${before} ends`;
  return { source, message, ...beginAt(document, span, end) };
}

function minutes(value: number): string {
  return `${Math.round(value * 1000) / 1000} min`;
}
