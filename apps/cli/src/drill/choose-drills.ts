import type { DrillFlags } from './drill-flags.ts';
import type { DrillSpec } from './drill-spec.ts';

/** The drills that a command means. Throws, with what is known, when it names another or none. */
export function chooseDrills(
  known: readonly DrillSpec[],
  name: string | undefined,
  { all, only, approve }: Pick<DrillFlags, 'all' | 'only' | 'approve'>,
): readonly DrillSpec[] {
  if (!all) {
    if (only !== undefined) throw new Error(`--only ${only}: not expected without --all`);
    return [approvable(find(known, name ?? '(none)', ', or --all'), approve)];
  }
  if (name !== undefined) throw new Error(`drill ${name}: not expected beside --all; use --only ${name}`);
  if (only !== undefined)
    return only
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => approvable(find(known, one, ''), approve));
  return approve ? known.filter(isOutage) : known;
}

const isOutage = (one: DrillSpec): boolean => one.expected.severity !== null;

/** Nothing is to be approved for what harms nobody. */
function approvable(spec: DrillSpec, approve: boolean | undefined): DrillSpec {
  if (!approve || isOutage(spec)) return spec;
  throw new Error(`drill ${spec.name}: nothing to approve: nobody is harmed; expected it without --approve`);
}

/** Whether seeing is judged: without approvals, what does not heal by itself can only be seen. Throws for options that do not fit. */
export function isSeeing(
  chosen: readonly DrillSpec[],
  flags: Omit<DrillFlags, 'stateDir' | 'runbook' | 'limit'>,
): boolean {
  const seeing =
    flags.seeing === true ||
    (!flags.approve && (flags.all === true || chosen.some((one) => !one.healsByItself)));
  if (seeing && flags.approve) throw new Error('--seeing: not expected beside --approve');
  if (seeing && flags.killResponder !== undefined)
    throw new Error('--kill-responder: not expected where only seeing is judged');
  if (!seeing && flags.record !== undefined)
    throw new Error(`--record ${flags.record}: expected with --seeing or --all, without --approve`);
  return seeing;
}

function find(known: readonly DrillSpec[], name: string, also: string): DrillSpec {
  const spec = known.find((one) => one.name === name);
  if (spec !== undefined) return spec;
  throw new Error(
    `drill ${name}: not known; expected one of ${known.map((one) => one.name).join(', ')}${also}`,
  );
}
