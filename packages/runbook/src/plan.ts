/** The typed plan a runbook compiles to: plain data, JSON-serialisable, pinned by the hash of its text. */

/** A range in the Markdown text; lines and columns count from 1, the end is exclusive, columns are UTF-16 units. */
export interface SourceRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** `error`: cannot compile. `warning`: will not run as written, or is dangerous. `info`: worth knowing. */
export type ProblemLevel = 'error' | 'warning' | 'info';

/**
 * A text to write instead of what stands in a range; an empty range inserts. `safe`: it may be applied without a person's look, because
 * it changes no prose and cannot change what the command does to the world.
 */
export interface Fix extends SourceRange {
  text: string;
  safe: boolean;
}

/** One finding of the compiler or of lint, with its exact place and, where one exists, a text to write instead. */
export interface Problem extends SourceRange {
  code: string;
  level: ProblemLevel;
  message: string;
  file: string;
  /** The text to write, in words a person can follow; `fix` is the same as an edit. */
  suggestion?: string;
  fix?: Fix;
}

/** What a command does to the world; unknown commands count as `mutate`. */
export type Effect = 'read' | 'create-temp' | 'mutate' | 'destroy';

/** Why an action is there when it is not the fix itself: proof that a change worked, or the way back from one. */
export type ActionPurpose = 'verify' | 'undo';

/** One statement of a fence. */
export interface Action {
  id: string;
  /** The `# comment` above the statement. */
  label?: string;
  source: SourceRange;
  /** The statement exactly as written. */
  text: string;
  /** argv arrays joined by pipes, placeholders still written `<name>`; null when no argv form exists. */
  pipeline: string[][] | null;
  effect: Effect;
  /** People who must say yes: 0, 1 or 2. */
  approvals: number;
  /** Placeholder names without brackets, in order of appearance, each once. */
  placeholders: string[];
  /** Own time limit of the command, milliseconds. */
  timeoutMs: number;
  /** Why a person has to do this; such an action is never started by the responder. */
  manual?: string;
  purpose?: ActionPurpose;
  /** Id of the action that this one takes back (`purpose: 'undo'`). */
  undoOf?: string;
  /** Name of a pre-check that must hold before the action runs (`tocsin-check`). */
  check?: string;
  /** Native probe that answers the same question (`tocsin-probe`), e.g. `postgres` or `redis`. */
  probe?: string;
  /** True when "nothing found" is a good answer: `grep` ending with 1 (`tocsin-no-match`). */
  noMatchOk?: boolean;
  /** Statement that this document adds to the one it was derived from (`tocsin-added`). */
  added?: boolean;
}

export type DetectorKind =
  | 'health-check'
  | 'error-rate'
  | 'latency'
  | 'crash-loop'
  | 'database-connections'
  | 'node-failure'
  | 'customer-report'
  | 'dashboard-anomaly'
  | 'degradation-notice'
  | 'degradation-report'
  | 'unknown';

export type ThresholdOp = '>' | '<' | '>=' | '<=';

/** A limit in the document's own unit: `{op: '>', value: 5, unit: '%'}`, `{op: '>', value: 1, unit: 's', percentile: 95}`. */
export interface Threshold {
  op: ThresholdOp;
  value: number;
  unit: '%' | 'ms' | 's' | 'm' | 'h';
  percentile?: number;
}

export interface Detector {
  kind: DetectorKind;
  text: string;
  threshold?: Threshold;
  /** True when a source of the responder can measure this kind. */
  bound: boolean;
  manual: boolean;
  source: SourceRange;
}

export interface Severity {
  /** `P0`, `P1`, ... */
  id: string;
  name: string;
  criteria: string[];
}

export interface Role {
  id: string;
  name: string;
  title: string;
  duty: string;
}

/** `manual`: a person's job. `command`: has actions. `questions`: to be answered. `hold`: must stay true for a time. */
export type StepKind = 'manual' | 'command' | 'questions' | 'hold';

export interface Step {
  id: string;
  title: string;
  kind: StepKind;
  actions: Action[];
  /** Nested bullets: questions to answer, or conditions that must hold. */
  points: string[];
  /** How long a `hold` must last, minutes. */
  holdMinutes?: number;
  source: SourceRange;
}

export interface Phase {
  n: number;
  name: string;
  fromMinutes: number;
  /** Exclusive end; null means open. */
  toMinutes: number | null;
  /** False when the document gives no readable window and this one is assumed. */
  timed: boolean;
  steps: Step[];
  source: SourceRange;
}

/** `If it's a X Issue`: what to do when the diagnosis, or a person, says X. */
export interface Branch {
  id: string;
  /** Number of the phase that holds the branch, null outside any phase. */
  phase: number | null;
  when: string;
  /** Ids of the diagnoses this branch answers. */
  causes: string[];
  actions: Action[];
  source: SourceRange;
}

/** What shows that a scenario is there: a cause of the runbook's own, named `scenario:ID`. */
export interface ScenarioEvidence {
  language: 'cel' | 'promql';
  expression: string;
  /** `KIND/NAME` that is to blame; null: the watched deployment, or what the expression lists. */
  subject: string | null;
  /** How sure one may be when it holds, 0.5 to 1. */
  confidence: number;
}

export interface Scenario {
  id: string;
  name: string;
  symptoms: string[];
  causes: string[];
  evidence?: ScenarioEvidence;
  actions: Action[];
  source: SourceRange;
}

export type Audience = 'internal' | 'customers' | 'executives';

export interface Cadence {
  audience: Audience;
  everyMinutes: number;
  text: string;
  source: SourceRange;
}

/** An audience told once the incident has lasted this long. */
export interface Trigger {
  audience: Audience;
  afterMinutes: number;
  text: string;
  source: SourceRange;
}

/** An audience told by e-mail of outages that are severe enough, without a time of its own. */
export interface Mailing {
  audience: Audience;
  /** Ids of the severities that it is meant for. */
  severities: string[];
  text: string;
  source: SourceRange;
}

/** A half-open interval since detection: minute 30 of `0-30`, `30-60` belongs to the second level. */
export interface EscalationLevel {
  level: string;
  fromMinutes: number;
  toMinutes: number | null;
  target: string;
  /** Id of the role that fills the level, when the document names one. */
  roleId?: string;
  source: SourceRange;
}

export interface Contact {
  name: string;
  value: string;
  /** True while the value is still `[Phone number]` or the like. */
  placeholder: boolean;
  roleId?: string;
  source: SourceRange;
}

export interface ChecklistLine {
  text: string;
  done: boolean;
  /** Name of the recorded fact that ticks the line (`paged`, `diagnosis`, ...); absent when only a person can. */
  evidence?: string;
  source: SourceRange;
}

/** The whole runbook as data. These shapes may grow, not change. */
export interface Plan {
  name: string;
  /** SHA-256 of the text, hexadecimal. */
  hash: string;
  /** Namespace and service the runbook is for, when front matter says so. */
  settings: Record<string, string>;
  severities: Severity[];
  detectors: Detector[];
  roles: Role[];
  phases: Phase[];
  branches: Branch[];
  scenarios: Scenario[];
  cadences: Cadence[];
  triggers: Trigger[];
  /** Absent when the document asks for none. */
  mailings?: Mailing[];
  escalation: EscalationLevel[];
  contacts: Contact[];
  checklist: ChecklistLine[];
  /** Minutes a recovered service must stay healthy; null when the document does not say. */
  stabilityMinutes: number | null;
  problems: Problem[];
}
