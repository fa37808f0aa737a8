import type { Plan } from '@tocsin/runbook';
import type { Facts } from '#facts';
import { openCaseFile, type CaseFile } from './case-file.ts';
import type { Diagnosis } from './diagnosis.ts';
import { dropExplained } from './drop-explained.ts';
import { ownCauses } from './own-causes.ts';
import { joinSame } from './join-same.ts';
import { heldFrom, type Finding, type Scenario } from './scenario.ts';
import { certificateExpiring } from './scenarios/certificate-expiring.ts';
import { configMissing } from './scenarios/config-missing.ts';
import { crashLoop } from './scenarios/crash-loop.ts';
import { databaseConnectionExhaustion } from './scenarios/database-connection-exhaustion.ts';
import { dependencyDown } from './scenarios/dependency-down.ts';
import { dependencySlow } from './scenarios/dependency-slow.ts';
import { diskPressure } from './scenarios/disk-pressure.ts';
import { imagePullFailure } from './scenarios/image-pull-failure.ts';
import { livenessTooEager } from './scenarios/liveness-too-eager.ts';
import { memoryExhaustion } from './scenarios/memory-exhaustion.ts';
import { networkPartition } from './scenarios/network-partition.ts';
import { nodeFailure } from './scenarios/node-failure.ts';
import { portMismatch } from './scenarios/port-mismatch.ts';
import { quotaExceeded } from './scenarios/quota-exceeded.ts';
import { readinessFailing } from './scenarios/readiness-failing.ts';
import { rolloutStuck } from './scenarios/rollout-stuck.ts';
import { scaledToZero } from './scenarios/scaled-to-zero.ts';
import { selectorMismatch } from './scenarios/selector-mismatch.ts';
import { tenantErrors } from './scenarios/tenant-errors.ts';
import { unschedulable } from './scenarios/unschedulable.ts';

/** Every scenario that is looked for. */
const scenarios: readonly Scenario[] = [
  nodeFailure,
  memoryExhaustion,
  databaseConnectionExhaustion,
  networkPartition,
  crashLoop,
  livenessTooEager,
  configMissing,
  imagePullFailure,
  readinessFailing,
  selectorMismatch,
  portMismatch,
  scaledToZero,
  quotaExceeded,
  unschedulable,
  rolloutStuck,
  dependencyDown,
  dependencySlow,
  tenantErrors,
  certificateExpiring,
  diskPressure,
];

function withoutAbout({ about: _about, ...diagnosis }: Finding): Diagnosis {
  return diagnosis;
}

function unknown(found: readonly Diagnosis[], looked: readonly Scenario[], file: CaseFile): Diagnosis {
  const possible = new Set(found.map((one) => one.id));
  return {
    id: 'unknown',
    subject: '',
    confidence: 0,
    for: found.map((one) => `${one.id} of ${one.subject} is possible (${one.confidence})`),
    against: looked
      .filter((one) => !possible.has(one.id))
      .map((one) => `not ${one.id}: ${whyNot(one, file)}`),
    settles: found.flatMap((one) => one.settles),
  };
}

function whyNot({ ruledOut }: Scenario, file: CaseFile): string {
  return typeof ruledOut === 'string' ? ruledOut : ruledOut(file);
}

/**
 * Names the causes that the facts speak for, surest first; several when several faults are there at once. When none can be
 * held (confidence 0.5), the one answer is `unknown`, with what was ruled out and what is possible. With a plan, the causes
 * that its runbook defines are looked for, too. Pure.
 */
export function diagnose(facts: Facts, plan: Plan | null = null): readonly Diagnosis[] {
  const file = openCaseFile(facts);
  const all = plan === null ? scenarios : [...scenarios, ...ownCauses(plan)];
  const explained = dropExplained(
    all.flatMap((one) => one.find(file)),
    file,
  );
  const found = joinSame(explained).map(withoutAbout);
  const held = found.filter((one) => one.confidence >= heldFrom);
  if (held.length === 0) return [unknown(found, all, file)];
  return held.toSorted((a, b) => b.confidence - a.confidence);
}
