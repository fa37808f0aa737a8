import type { Plan } from '../plan.ts';
import { branchChanges, pairBranches } from './branches.ts';
import { byWeight, weightOfRise, type Change } from './change.ts';
import { checklistChanges } from './checklist.ts';
import { pairCommands } from './command-pairs.ts';
import { commandChanges } from './commands.ts';
import { communicationChanges } from './communication.ts';
import { contactChanges } from './contacts.ts';
import { detectorChanges } from './detectors.ts';
import { escalationChanges } from './escalation.ts';
import { pairPhases, phaseChanges } from './phases.ts';
import { timeText } from './phrases.ts';
import { pairPlaces } from './place.ts';
import { pairRoles, roleChanges } from './roles.ts';
import { pairScenarios, scenarioChanges } from './scenarios.ts';
import { settingChanges } from './settings.ts';
import { severityChanges } from './severities.ts';
import { pairSteps } from './step-pairs.ts';
import { definingHold, stepChanges } from './steps.ts';
import { wholeChanges } from './wholes.ts';

export type { Change, ChangeKind, Weight } from './change.ts';

/**
 * What the next plan does differently, the dangerous first; empty when only prose was edited. Pure. Things are matched by
 * name, content and likeness, so that what moved or was renamed is one change and not a removal with an addition.
 */
export function diffPlans(old: Plan, next: Plan): Change[] {
  const roles = pairRoles(old, next);
  return byWeight([
    ...settingChanges(old, next),
    ...severityChanges(old, next),
    ...detectorChanges(old, next),
    ...roleChanges(roles),
    ...procedureChanges(old, next),
    ...communicationChanges(old, next),
    ...contactChanges(old, next),
    ...escalationChanges(old, next, roles),
    ...checklistChanges(old, next),
  ]);
}

function procedureChanges(old: Plan, next: Plan): Change[] {
  const phases = pairPhases(old, next);
  const steps = pairSteps(old, next, phases);
  const branches = pairBranches(old, next);
  const scenarios = pairScenarios(old, next);
  const places = pairPlaces(steps, branches, scenarios);
  const commands = pairCommands(places);
  const changes = [
    ...phaseChanges(phases, old, next),
    ...stepChanges(steps, old, next),
    ...branchChanges(branches, phases),
    ...scenarioChanges(scenarios),
    ...commandChanges(commands, places),
    ...wholeChanges({ phases, steps, branches, scenarios, commands }, old, next),
  ];
  const alone = [...steps.removed, ...steps.added].map(({ step }) => step);
  const isTold =
    changes.some(({ kind }) => kind === 'stability') ||
    [definingHold(old), definingHold(next)].some((step) => step !== undefined && alone.includes(step));
  return isTold ? changes : [...changes, ...stabilityChange(old, next)];
}

/** Another hold became the last one, though no hold itself has changed. */
function stabilityChange({ stabilityMinutes: old }: Plan, { stabilityMinutes: next }: Plan): Change[] {
  if (old === next) return [];
  const [before, after] = [timeText(old), timeText(next)];
  const text = `a recovered service must hold for ${after} instead of ${before}`;
  const weight = weightOfRise(old ?? 0, next ?? 0);
  return [{ kind: 'stability', what: 'changed', text, weight, before, after }];
}
