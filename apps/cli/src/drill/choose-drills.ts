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
    return [find(known, name ?? '(none)', ', or --all')];
  }
  if (name !== undefined) throw new Error(`drill ${name}: not expected beside --all; use --only ${name}`);
  if (only !== undefined)
    return only
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => find(known, one, ''));
  // Nothing is to be approved for what harms nobody.
  return approve ? known.filter((one) => one.kind === 'fault' && one.expected.severity !== null) : known;
}

function find(known: readonly DrillSpec[], name: string, also: string): DrillSpec {
  const spec = known.find((one) => one.name === name);
  if (spec !== undefined) return spec;
  throw new Error(
    `drill ${name}: not known; expected one of ${known.map((one) => one.name).join(', ')}${also}`,
  );
}
