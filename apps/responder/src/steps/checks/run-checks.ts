import type { Check } from '#incidents';
import { canHelp } from './can-help.ts';
import { databaseSlotsAllow } from './database-slots-allow.ts';
import { disruptionBudgetAllows } from './disruption-budget-allows.ts';
import { drainWithoutForce } from './drain-without-force.ts';
import { fleetHealthy } from './fleet-healthy.ts';
import { lastChangeOurs } from './last-change-ours.ts';
import { noOtherChange } from './no-other-change.ts';
import { noRolloutRunning } from './no-rollout-running.ts';
import { notControlPlane } from './not-control-plane.ts';
import { oneNodeAtATime } from './one-node-at-a-time.ts';
import { podsFitElsewhere } from './pods-fit-elsewhere.ts';
import type { CheckInput, PreCheck } from './pre-check.ts';
import { quotaAllows } from './quota-allows.ts';
import { valueRaisesLimit } from './value-raises-limit.ts';

/** Every guard, in the order they are shown. */
export const preChecks: readonly PreCheck[] = [
  fleetHealthy,
  oneNodeAtATime,
  notControlPlane,
  podsFitElsewhere,
  disruptionBudgetAllows,
  drainWithoutForce,
  noRolloutRunning,
  lastChangeOurs,
  canHelp,
  valueRaisesLimit,
  quotaAllows,
  databaseSlotsAllow,
  noOtherChange,
];

/** The checks that this kind of change asks for, and any that the document names, on fresh reads. */
export function runChecks(input: CheckInput, named: string | undefined): readonly Check[] {
  const chosen = preChecks.filter((one) => one.before.includes(input.change.kind) || one.name === named);
  const results = chosen.map((one) => ({ name: one.name, ...one.check(input) }));
  const unknown =
    named !== undefined && named !== 'live-read-works' && !chosen.some((one) => one.name === named);
  return [
    { name: 'live-read-works', ok: true, text: 'the cluster was read just now' },
    ...results,
    ...(unknown
      ? [{ name: named, ok: false, text: `the document asks for check "${named}", which does not exist` }]
      : []),
  ];
}

/** The one check that is left when the cluster cannot be read: nothing may be changed then. */
export function unreadable(reason: string): readonly Check[] {
  return [{ name: 'live-read-works', ok: false, text: `the cluster cannot be read: ${reason}` }];
}
