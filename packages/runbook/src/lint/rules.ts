import type { Rule } from './rule.ts';
import { changeWithoutProof } from './rules/change-without-proof.ts';
import { curlLimits } from './rules/curl-limits.ts';
import { cutConditions } from './rules/cut-conditions.ts';
import { deprecatedKind } from './rules/deprecated-kind.ts';
import { emptyPlan } from './rules/empty-plan.ts';
import { escalationIntervals } from './rules/escalation-intervals.ts';
import { escalationTarget } from './rules/escalation-target.ts';
import { filterExit } from './rules/filter-exit.ts';
import { logsWithoutTail } from './rules/logs-without-tail.ts';
import { needsTerminal } from './rules/needs-terminal.ts';
import { noRunbook } from './rules/no-runbook.ts';
import { notAPipeline } from './rules/not-a-pipeline.ts';
import { oldestFirst } from './rules/oldest-first.ts';
import { openContact } from './rules/open-contact.ts';
import { phaseWindows } from './rules/phase-windows.ts';
import { placeholderWithoutSource } from './rules/placeholder-without-source.ts';
import { secretInArgv } from './rules/secret-in-argv.ts';
import { statefulRestart } from './rules/stateful-restart.ts';
import { temporaryPod } from './rules/temporary-pod.ts';
import { twoNames } from './rules/two-names.ts';
import { unboundDetector } from './rules/unbound-detector.ts';
import { unguardedDestruction } from './rules/unguarded-destruction.ts';
import { unprovableLine } from './rules/unprovable-line.ts';
import { unknownUndo } from './rules/unknown-undo.ts';

/** Every rule of lint, by code. RB003, RB004, RB005 and RB011 are found while compiling. */
export const RULES: Rule[] = [
  phaseWindows,
  escalationIntervals,
  unknownUndo,
  noRunbook,
  emptyPlan,
  unboundDetector,
  placeholderWithoutSource,
  twoNames,
  secretInArgv,
  needsTerminal,
  temporaryPod,
  notAPipeline,
  logsWithoutTail,
  oldestFirst,
  cutConditions,
  filterExit,
  curlLimits,
  deprecatedKind,
  unguardedDestruction,
  statefulRestart,
  changeWithoutProof,
  escalationTarget,
  openContact,
  unprovableLine,
];
