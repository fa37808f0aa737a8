import type { SourceRange } from '../plan.ts';
import type { Finding } from './rule.ts';

/** A named, half-open span of minutes. */
export interface Span {
  name: string;
  fromMinutes: number;
  toMinutes: number | null;
  source: SourceRange;
}

/** Where spans that should follow each other from minute 0 overlap or leave time uncovered. */
export function gapsAndOverlaps(spans: Span[]): Finding[] {
  const findings: Finding[] = [];
  let end: number | null = 0;
  let before = 'the beginning';
  for (const span of spans) {
    const expected = end === null ? `no end of ${before} given` : `${minutes(end)}, where ${before} ends`;
    const message = `${span.name} begins at ${minutes(span.fromMinutes)}, expected ${expected}`;
    const isEmpty = span.toMinutes !== null && span.toMinutes <= span.fromMinutes;
    if (isEmpty)
      findings.push({
        source: span.source,
        message: `${span.name} ends at ${minutes(span.toMinutes ?? 0)}, expected an end after its beginning at ${minutes(span.fromMinutes)}`,
      });
    else if (end === null)
      findings.push({
        source: span.source,
        message: `overlap: ${span.name} begins at ${minutes(span.fromMinutes)}, but ${before} has no end`,
      });
    else if (Math.abs(span.fromMinutes - end) > 1e-6)
      findings.push({
        source: span.source,
        message: `${span.fromMinutes < end ? 'overlap' : 'gap'}: ${message}`,
      });
    end = span.toMinutes;
    before = span.name;
  }
  return findings;
}

function minutes(value: number): string {
  return `${Math.round(value * 1000) / 1000} min`;
}
