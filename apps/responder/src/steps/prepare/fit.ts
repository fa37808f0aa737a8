import type { EpochMs } from '#facts';
import type { Incident, StepFit } from '#incidents';
import type { LiveView } from '../live-view.ts';
import type { Change, ChangeKind } from './change.ts';
import { isOurs } from './undo-target.ts';
import type { OwnChange } from './own-changes.ts';

/** A cause, as a diagnosis names it. */
export type Cause = Pick<Incident['diagnoses'][number], 'id' | 'subject'>;

/** What is looked at to say how well a change fits a cause. */
export interface FitInput {
  readonly cause: Cause;
  readonly change: Change;
  readonly live: Pick<LiveView, 'revisions'> & { readonly deployment: { readonly name: string } | null };
  readonly ours: readonly OwnChange[];
  readonly impactStartAt: EpochMs;
}

/** A release that came within this before the harm is taken to have begun it. */
const freshMs = 60 * 60_000;

/** Kinds of change that are made for a cause; what is not named here is as the document orders it. */
const madeFor: Partial<Record<Cause['id'], Partial<Record<ChangeKind, string>>>> = {
  'node-failure': { cordon: 'keeps new pods off the node', drain: 'moves its pods elsewhere' },
  'disk-pressure': { cordon: 'keeps new pods off the node', drain: 'moves its pods elsewhere' },
  'memory-exhaustion': {
    'memory-limit': 'the limit is what the containers are killed at; a restart only buys time',
  },
  'network-partition': { 'delete-policy': 'takes the policy away that shuts the way' },
};

/** How well a change fits the cause, 1 the best, and why. Pure. */
export function fitOf(input: FitInput): StepFit {
  const { cause, change } = input;
  const made = madeFor[cause.id]?.[change.kind];
  if (made !== undefined) return { rank: 2, why: made };
  return byKind[change.kind](input);
}

const named = (): StepFit => ({ rank: 3, why: 'what the document names for this, and no pod is replaced' });

const byKind: { readonly [Kind in ChangeKind]: (input: FitInput) => StepFit } = {
  'rollout-undo': ofUndo,
  'rollout-restart': ofRestart,
  'memory-limit': named,
  'delete-policy': named,
  cordon: named,
  uncordon: named,
  drain: named,
  other: named,
};

function ofUndo({ live, ours, impactStartAt }: FitInput): StepFit {
  const newest = live.revisions?.find((one) => !isOurs(one, ours));
  if (newest === undefined) return { rank: 6, why: 'whether a release came before the harm is not known' };
  const beforeMs = impactStartAt - newest.createdAt;
  const minutes = Math.round(beforeMs / 60_000);
  return beforeMs < freshMs
    ? {
        rank: 1,
        why: `revision ${newest.number} came ${Math.max(0, minutes)} minutes before the harm: going back takes it away`,
      }
    : {
        rank: 6,
        why: `revision ${newest.number} came ${minutes} minutes before the harm: it is not what began it`,
      };
}

/** A restart of what is down or slow itself comes before a restart of what only suffers from it. */
function ofRestart({ cause, change, live }: FitInput): StepFit {
  const target = 'workload' in change ? `${change.workload.kind}/${change.workload.name}` : '';
  const isService = 'workload' in change && change.workload.name === live.deployment?.name;
  if (isService) return { rank: 5, why: 'a restart only buys time, and repeats the release' };
  const isSubject = target === cause.subject && cause.id !== 'database-connection-exhaustion';
  return isSubject
    ? { rank: 4, why: `${target} is what the diagnosis names` }
    : { rank: 7, why: `a restart of ${target} is the last resort` };
}
