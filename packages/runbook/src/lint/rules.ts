import type { Rule } from './rule.ts';
import { bareScenario } from './rules/bare-scenario.ts';
import { bareSeverity } from './rules/bare-severity.ts';
import { blindLimit } from './rules/blind-limit.ts';
import { blockingRedis } from './rules/blocking-redis.ts';
import { brokenLink } from './rules/broken-link.ts';
import { capitalPlaceholder } from './rules/capital-placeholder.ts';
import { changeWithoutProof } from './rules/change-without-proof.ts';
import { curlLimits } from './rules/curl-limits.ts';
import { cutConditions } from './rules/cut-conditions.ts';
import { deletesAll } from './rules/deletes-all.ts';
import { deprecatedKind } from './rules/deprecated-kind.ts';
import { emptyPhase } from './rules/empty-phase.ts';
import { emptyPlan } from './rules/empty-plan.ts';
import { endlessWait } from './rules/endless-wait.ts';
import { escalationIntervals } from './rules/escalation-intervals.ts';
import { escalationTarget } from './rules/escalation-target.ts';
import { fenceBeforeStep } from './rules/fence-before-step.ts';
import { fenceLanguage } from './rules/fence-language.ts';
import { filterExit } from './rules/filter-exit.ts';
import { floatingImage } from './rules/floating-image.ts';
import { forcedDelete } from './rules/forced-delete.ts';
import { generatedPodName } from './rules/generated-pod-name.ts';
import { logsWithoutTail } from './rules/logs-without-tail.ts';
import { missingNamespace } from './rules/missing-namespace.ts';
import { needsTerminal } from './rules/needs-terminal.ts';
import { noRunbook } from './rules/no-runbook.ts';
import { notAPipeline } from './rules/not-a-pipeline.ts';
import { oddCharacters } from './rules/odd-characters.ts';
import { oldestFirst } from './rules/oldest-first.ts';
import { openContact } from './rules/open-contact.ts';
import { otherNamespace } from './rules/other-namespace.ts';
import { overriddenBudget } from './rules/overridden-budget.ts';
import { phaseWindows } from './rules/phase-windows.ts';
import { placeholderWithoutSource } from './rules/placeholder-without-source.ts';
import { remoteManifest } from './rules/remote-manifest.ts';
import { roleWithoutContact } from './rules/role-without-contact.ts';
import { sameName } from './rules/same-name.ts';
import { secretInArgv } from './rules/secret-in-argv.ts';
import { slowCadence } from './rules/slow-cadence.ts';
import { sqlWithoutWhere } from './rules/sql-without-where.ts';
import { statefulRestart } from './rules/stateful-restart.ts';
import { temporaryPod } from './rules/temporary-pod.ts';
import { twoNames } from './rules/two-names.ts';
import { unboundDetector } from './rules/unbound-detector.ts';
import { unguardedDestruction } from './rules/unguarded-destruction.ts';
import { unknownKey } from './rules/unknown-key.ts';
import { unknownUndo } from './rules/unknown-undo.ts';
import { unreadEvidence } from './rules/unread-evidence.ts';
import { unprovableLine } from './rules/unprovable-line.ts';
import { unreachableBranch } from './rules/unreachable-branch.ts';
import { unusedPlaceholder } from './rules/unused-placeholder.ts';
import { unverifiedServer } from './rules/unverified-server.ts';
import { waitsBlindly } from './rules/waits-blindly.ts';

/** Every rule of lint, by code. RB003, RB004, RB005 and RB011 are found while compiling, RB007 when all else is known. */
export const RULES: Rule[] = [
  phaseWindows,
  escalationIntervals,
  unknownUndo,
  noRunbook,
  emptyPlan,
  unboundDetector,
  emptyPhase,
  slowCadence,
  bareSeverity,
  bareScenario,
  unreachableBranch,
  roleWithoutContact,
  sameName,
  fenceLanguage,
  placeholderWithoutSource,
  twoNames,
  capitalPlaceholder,
  brokenLink,
  fenceBeforeStep,
  unknownKey,
  unusedPlaceholder,
  secretInArgv,
  unverifiedServer,
  needsTerminal,
  temporaryPod,
  notAPipeline,
  waitsBlindly,
  remoteManifest,
  oddCharacters,
  floatingImage,
  blindLimit,
  generatedPodName,
  forcedDelete,
  logsWithoutTail,
  oldestFirst,
  cutConditions,
  filterExit,
  curlLimits,
  deprecatedKind,
  missingNamespace,
  otherNamespace,
  endlessWait,
  unguardedDestruction,
  statefulRestart,
  changeWithoutProof,
  deletesAll,
  overriddenBudget,
  sqlWithoutWhere,
  blockingRedis,
  escalationTarget,
  openContact,
  unprovableLine,
  unreadEvidence,
];
