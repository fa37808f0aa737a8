import type { Change, Plan } from '@tocsin/runbook';
import pc from 'picocolors';

type Colors = ReturnType<typeof pc.createColors>;

/** Two runbooks and what differs. */
export interface Compared {
  old: { file: string; plan: Plan };
  next: { file: string; plan: Plan };
  changes: Change[];
}

/** The changes as a person reads them, the dangerous first, each with its places. */
export function formatDiff(compared: Compared, useColor: boolean): string {
  const { old, next, changes } = compared;
  if (old.plan.hash === next.plan.hash) return 'identical';
  if (changes.length === 0) return 'prose only: nothing that runs changes';
  const colors = pc.createColors(useColor);
  const weaker = changes.filter(({ weight }) => weight === 'weaker').length;
  const count = `${changes.length} change${changes.length === 1 ? '' : 's'} in behaviour`;
  return [
    colors.bold(`${count}${weaker === 0 ? '' : `, ${weaker} weaker`}`),
    ...changes.flatMap((change) => linesOf(change, compared, colors)),
  ].join('\n');
}

function linesOf(change: Change, { old, next }: Compared, colors: Colors): string[] {
  const places = [placeOf(old.file, change.old), placeOf(next.file, change.next)].filter(
    (place) => place !== null,
  );
  const line = `${colorOf(change.weight, colors)(change.weight.padEnd(8))} ${change.text}`;
  return places.length === 0 ? [line] : [line, colors.dim(`         ${places.join(' -> ')}`)];
}

function placeOf(file: string, place: Change['old']): string | null {
  return place === undefined ? null : `${file}:${place.line}:${place.column}`;
}

function colorOf(weight: Change['weight'], colors: Colors): (text: string) => string {
  switch (weight) {
    case 'weaker':
      return colors.red;
    case 'neutral':
      return colors.yellow;
    case 'safer':
      return colors.green;
    default:
      return weight satisfies never;
  }
}
