/** A cause that must be named. */
export interface ExpectedCause {
  readonly id: string;
  /** Another subject than the one the fault struck. */
  readonly subject?: string;
}

/** What a perfect response would conclude. */
export interface Expected {
  /** Null: nobody is to be paged. */
  readonly severity: string | null;
  /** Severities that can be argued too; `notice` where the severity is one, and a notice would do. */
  readonly alsoDefensible?: readonly string[];
  /** Every one of these; empty when none has to be named: `unknown` is a good answer. */
  readonly causes: readonly ExpectedCause[];
  /** Ids that are no mistake when they are named besides. */
  readonly alsoNamed?: readonly string[];
  readonly tenants?: 'all' | readonly string[];
}

/**
 * What ends the outage when the document's steps are approved: one of them; either that or Kubernetes by itself, whichever comes first; or none,
 * because the document holds no step that is safe and helps: that is said then, and the drill lifts the fault.
 */
export type Resolution = 'step' | 'either' | 'none';

/** An outage on purpose, or a harmless event that must stay silent: what is done, and what a perfect response would conclude. */
export interface DrillSpec {
  readonly name: string;
  readonly title: string;
  readonly kind: 'fault' | 'control';
  /** Fault of the sandbox (docs/sandbox.md), or an event of `controls/`. */
  readonly fault: string;
  readonly target?: Readonly<Record<string, string>>;
  readonly expected: Expected;
  /** Requests fail as soon as the fault is there: the bar of detection and page holds. */
  readonly harmsAtOnce: boolean;
  /** With approvals, of `runbooks/outage.md`. */
  readonly resolution: Resolution;
  /** Actions that the document has for it and that do not hold: they may run where `resolution` is `none`. */
  readonly tries?: readonly string[];
  /** The stability watch is never shorter than this, milliseconds: what comes back later has to come back within it. */
  readonly holdAtLeastMs?: number;
  /** Without approvals: whether the platform heals this by itself, and so ends the control run. */
  readonly healsByItself: boolean;
  /** How long it is watched when what is expected does not come; a notice or a control always so long. Milliseconds. */
  readonly watchMs: number;
}

/** A fault with everybody paged at once, watched for 30 s: what most rows are. */
export function outage(row: Pick<DrillSpec, 'name' | 'title' | 'expected'> & Partial<DrillSpec>): DrillSpec {
  return {
    kind: 'fault',
    fault: row.name,
    harmsAtOnce: true,
    resolution: 'step',
    healsByItself: false,
    watchMs: 30_000,
    ...row,
  };
}

/** An event that must stay silent: no page, no cause named. */
export function control(row: Pick<DrillSpec, 'name' | 'title' | 'fault'> & Partial<DrillSpec>): DrillSpec {
  return {
    kind: 'control',
    expected: { severity: null, causes: [] },
    harmsAtOnce: false,
    resolution: 'none',
    healsByItself: true,
    watchMs: 30_000,
    ...row,
  };
}
