import type { Incident, Step } from '#incidents';

/** A change that waits for approval, as a message shows it; an approval holds for its `bindingHash` alone. */
export interface StepOffer {
  readonly incidentId: string;
  readonly incidentNumber: number;
  readonly stepId: string;
  readonly label: string;
  readonly command: string;
  readonly target: string;
  readonly effect: Step['effect'];
  readonly approvalsNeeded: number;
  readonly blastRadius: string;
  /** What changes of the object, a line a field; empty where that is not known. */
  readonly differences?: readonly string[];
  readonly undo: string | null;
  /** Loud: checks that somebody has set aside, and why. */
  readonly overridden: string | null;
  readonly bindingHash: string;
}

/** The changes of an incident that somebody could approve now, in their order. */
export function offersOf({ id, number, steps }: Pick<Incident, 'id' | 'number' | 'steps'>): StepOffer[] {
  return steps.filter(isOpen).map((step) => ({
    incidentId: id,
    incidentNumber: number,
    stepId: step.id,
    label: step.label,
    command: step.command,
    target: step.target,
    effect: step.effect,
    approvalsNeeded: step.approvalsNeeded,
    blastRadius: step.blastRadius,
    differences: step.differences ?? [],
    undo: step.undo,
    overridden: sayOverridden(step),
    bindingHash: step.bindingHash,
  }));
}

/** A read needs no approval, and what is done by hand is ticked in the console; what has enough approvals is `approved`. */
function isOpen({ status, readyAt, effect, manual }: Step): boolean {
  return status === 'proposed' && readyAt === null && effect !== 'read' && manual === undefined;
}

function sayOverridden({ overridden }: Step): string | null {
  if (overridden === undefined) return null;
  return `OVERRIDDEN by ${overridden.by.id}, although blocked by ${overridden.checks.join(', ')}: ${overridden.reason}`;
}

/** The offer in words: all that an approval binds to, and what it would touch. */
export function sayOffer(offer: StepOffer): string {
  const many = offer.approvalsNeeded > 1 ? [`Needs ${offer.approvalsNeeded} different people.`] : [];
  return [
    offer.label,
    offer.command,
    `on ${offer.target}`,
    ...(offer.blastRadius === '' ? [] : [offer.blastRadius]),
    ...firstOf(offer.differences ?? []),
    `Undo: ${offer.undo ?? 'none'}`,
    ...(offer.overridden === null ? [] : [offer.overridden]),
    ...many,
  ].join('\n');
}

const shownLines = 5;

function firstOf(lines: readonly string[]): readonly string[] {
  const rest = lines.length - shownLines;
  const first = lines.slice(0, shownLines).map((line) => `changes ${line}`);
  return rest > 0 ? [...first, `and ${rest} more`] : first;
}
