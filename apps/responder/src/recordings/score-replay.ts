import { z } from 'zod';
import { instantMs, parseAt } from './read-rows.ts';
import type { RecordingFiles } from './recording-files.ts';
import type { ReplayReport, ReportedCause } from './replay-report.ts';

const expectedSchema = z.object({
  outage: z.boolean(),
  severity: z.string().nullable(),
  severityAlsoDefensible: z.array(z.string()).default([]),
  /** `all`, `none`, or their ids. */
  tenants: z.union([z.string(), z.array(z.string())]).optional(),
  causes: z.array(z.object({ diagnosis: z.string(), subject: z.string() })),
  /** Causes that are no mistake when they are named besides, on whatever subject. */
  causesAlsoDefensible: z.array(z.string()).default([]),
});
const metaSchema = z.object({
  injectedAt: instantMs,
  clearedAt: instantMs,
  tenants: z.array(z.string()).default([]),
  expected: expectedSchema.optional(),
});

/** What a perfect responder would have concluded; null where the recording does not say. */
export type Expectation = z.infer<typeof metaSchema> & { readonly expected: z.infer<typeof expectedSchema> };

/** One statement about a cause, and whether it was right. */
export interface Claim {
  readonly id: string;
  readonly subject: string;
  readonly confidence: number;
  /** False: it was given up soon. */
  readonly stood: boolean;
  readonly right: boolean;
}

export interface ReplayScore {
  readonly passed: boolean;
  readonly misses: readonly string[];
  readonly claims: readonly Claim[];
}

/** Reads what was expected: the only place that does. Throws RecordingError. */
export function readExpectation(files: RecordingFiles): Expectation | null {
  const { expected, ...rest } = parseAt(metaSchema, files.text('meta.json') ?? '', files.place('meta.json'));
  return expected === undefined ? null : { ...rest, expected };
}

/** Compares what was concluded with what was expected. Pure. */
export function scoreReplay(report: ReplayReport, expectation: Expectation): ReplayScore {
  const claims = claimsOf(report, expectation);
  const misses = [
    ...missesOfIncidents(report, expectation),
    ...missesOfTenants(report, expectation),
    ...missesOfCauses(claims, expectation),
  ];
  return { passed: misses.length === 0, misses, claims };
}

function missesOfIncidents({ incidents }: ReplayReport, { expected }: Expectation): readonly string[] {
  const severities = [expected.severity, ...expected.severityAlsoDefensible].filter((one) => one !== null);
  const wanted = severities.join(' or ');
  const [first] = incidents;
  if (first === undefined) return expected.outage ? [`no incident, expected ${wanted}`] : [];
  const { severity, severityReason } = first;
  const early = first.detectedAfterInjectionMs < 0 ? ['an incident was opened before the injection'] : [];
  const many = incidents.length > 1 ? [`${incidents.length} incidents, expected one at most`] : [];
  if (severity !== null && severities.includes(severity)) return [...early, ...many];
  const words = `${severity ?? 'blind'}: ${severityReason}`;
  const wrong = expected.outage ? `severity ${words}; expected ${wanted}` : `a page nobody needed: ${words}`;
  return [...early, ...many, wrong];
}

function missesOfTenants({ incidents }: ReplayReport, { expected, tenants }: Expectation): readonly string[] {
  const said = expected.tenants;
  if (!expected.outage || said === undefined || incidents.length === 0) return [];
  const wanted = said === 'all' ? tenants : said === 'none' ? [] : [said].flat();
  const got = new Set(incidents.flatMap((one) => one.tenants));
  const same = wanted.length === got.size && wanted.every((one) => got.has(one));
  return same ? [] : [`tenants ${[...got].join(' ') || 'none'}, expected ${wanted.join(' ') || 'none'}`];
}

/** A cause that was given up soon is a mistake when it had been said this surely; with less, it is only counted. */
const surelyFrom = 0.8;

/** Everything that was said between injection and clearance, also what was given up soon after. */
function claimsOf(report: ReplayReport, { expected, injectedAt, clearedAt }: Expectation): readonly Claim[] {
  const said = new Map<string, ReportedCause & { readonly stood: boolean }>();
  const take = (causes: readonly ReportedCause[], stood: boolean): void => {
    for (const one of causes) {
      if (one.saidAfterInjectionMs > clearedAt - injectedAt) continue;
      const key = `${one.id} ${one.subject}`;
      const before = said.get(key);
      const surest = before !== undefined && before.confidence > one.confidence ? before : one;
      said.set(key, { ...surest, stood: stood || (before?.stood ?? false) });
    }
  };
  for (const { diagnoses, dropped } of [...report.incidents, ...report.notices]) {
    take(diagnoses, true);
    take(dropped, false);
  }
  return [...said.values()].map(({ id, subject, confidence, stood }) => ({
    id,
    subject,
    confidence,
    stood,
    right: isRight(expected, id, subject),
  }));
}

function isRight(expected: Expectation['expected'], id: string, subject: string): boolean {
  return (
    expected.causesAlsoDefensible.includes(id) ||
    expected.causes.some((one) => one.diagnosis === id && one.subject === subject)
  );
}

function missesOfCauses(claims: readonly Claim[], { expected }: Expectation): readonly string[] {
  const unsaid = expected.causes.filter(
    ({ diagnosis, subject }) =>
      !claims.some((one) => one.stood && one.id === diagnosis && one.subject === subject),
  );
  const wrong = claims.filter((one) => !one.right && (one.stood || one.confidence >= surelyFrom));
  return [
    ...unsaid.map(({ diagnosis, subject }) => `never named ${diagnosis} of ${subject} for long`),
    ...wrong.map(
      (one) => `named ${one.id} of ${one.subject} (${one.confidence.toFixed(2)}), which was not the cause`,
    ),
  ];
}
