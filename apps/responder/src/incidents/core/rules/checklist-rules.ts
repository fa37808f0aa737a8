import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import { identifiedFrom } from './durations.ts';
import { meaningOf, type PhaseMeaning } from './phase-meanings.ts';

interface ChecklistRule {
  readonly meaning: RegExp;
  /** What ticks the line, in words; null while nothing does. */
  readonly evidence: (incident: Incident) => string | null;
  /** The phase that it is worked on in. */
  readonly phase: PhaseMeaning;
  /** Void again when the outage comes back. */
  readonly undoneByHarm: boolean;
}

/** First match wins: a line of the document is found by its words. Lines that match none are a person's to tick. */
const rules: readonly ChecklistRule[] = [
  { meaning: /acknowledg/i, evidence: acknowledged, phase: 'acknowledgment', undoneByHarm: false },
  {
    meaning: /team\b.*\b(notified|paged|informed)/i,
    evidence: notified,
    phase: 'acknowledgment',
    undoneByHarm: false,
  },
  { meaning: /\bscope\b/i, evidence: scoped, phase: 'assessment', undoneByHarm: false },
  {
    meaning: /\b(root )?cause\b.*\bidentified/i,
    evidence: identified,
    phase: 'isolation',
    undoneByHarm: false,
  },
  { meaning: /\bmitigat/i, evidence: mitigated, phase: 'mitigation', undoneByHarm: true },
  {
    meaning: /\b(service|system)s?\b.*\b(restored|recovered)/i,
    evidence: restored,
    phase: 'recovery',
    undoneByHarm: true,
  },
  { meaning: /\bstabil/i, evidence: stable, phase: 'recovery', undoneByHarm: true },
];

/** Ticks every open line that the incident's own facts now answer. */
export function tickFromEvidence(draft: Draft): void {
  for (const line of draft.incident.checklist) {
    const because = line.tickedAt === null ? (ruleOf(line.text)?.evidence(draft.incident) ?? null) : null;
    if (because === null) continue;
    const ticked = { text: line.text, tickedAt: draft.input.at, by: 'tocsin', because };
    draft.add({ type: 'checklist-ticked', line: ticked });
  }
}

/** Opens the lines again that said the outage was over. */
export function untickRecovery(draft: Draft): void {
  for (const line of draft.incident.checklist) {
    if (line.tickedAt === null || ruleOf(line.text)?.undoneByHarm !== true) continue;
    const opened = { text: line.text, tickedAt: null, by: null, because: 'the outage came back' };
    draft.add({ type: 'checklist-ticked', line: opened });
  }
}

/** The open lines that are worked on in a phase of that name; all of them where the name says nothing, or no line is known by its words. */
export function openLinesOf({ checklist }: Incident, phaseName: string): readonly string[] {
  const meaning = meaningOf(phaseName);
  const open = checklist.filter((line) => line.tickedAt === null).map((line) => line.text);
  const known = checklist.some((line) => ruleOf(line.text)?.phase === meaning);
  return known ? open.filter((text) => ruleOf(text)?.phase === meaning) : open;
}

function ruleOf(text: string): ChecklistRule | undefined {
  return rules.find((rule) => rule.meaning.test(text));
}

function acknowledged(incident: Incident): string | null {
  if (incident.acknowledgedAt === null) return null;
  return `acknowledged by ${incident.acknowledgedBy ?? 'somebody'}; classified ${incident.severity}`;
}

function notified(incident: Incident): string | null {
  const page = incident.pages.find((one) => one.state === 'delivered');
  return page === undefined ? null : `page to ${page.person} delivered`;
}

function scoped(incident: Incident): string | null {
  const { tenants, zones } = incident.assessment;
  const judged = tenants.filter((one) => one.judged);
  if (judged.length === 0) return null;
  const harmed = judged.filter((one) => one.harm !== 'none').length;
  const where = zones.length === 0 ? '' : `, zones ${zones.join(', ')}`;
  return `${harmed} of ${judged.length} measured tenants harmed${where}`;
}

function identified(incident: Incident): string | null {
  const [best] = incident.diagnoses;
  if (best === undefined || best.id === 'unknown' || best.confidence < identifiedFrom) return null;
  return `${best.id} ${best.subject}, confidence ${best.confidence.toFixed(2)}`;
}

function mitigated(incident: Incident): string | null {
  const step = incident.steps.find((one) => one.status === 'succeeded');
  if (step !== undefined) return `step succeeded: ${step.command}`;
  if (incident.mitigatedAt === null) return null;
  if (incident.mitigatedBy === 'person') return 'a person says that the harm has ended';
  return incident.mitigatedBy === 'platform' ? 'the platform healed itself' : 'harm to tenants has ended';
}

function restored(incident: Incident): string | null {
  return incident.verifiedAt === null ? null : 'verified from outside: probes and smoke tests are green';
}

function stable(incident: Incident): string | null {
  if (incident.stableAt === null) return null;
  return incident.verifiedAt === null
    ? 'nobody has said that it came back'
    : 'the stability watch has passed without harm';
}
