import type { Facts } from '#facts';
import type { ConnectionUse } from '#steps';

const freshMs = 60_000;

/** Connections of the service's database as checks and pods told them last; null where one of both does not. Pure. */
export function connectionUse({ at, checks, metrics }: Facts): ConnectionUse | null {
  const check = checks.find(
    (one) => one.kind === 'postgres' && one.at > at - freshMs && one.values['connectionSlots'] !== undefined,
  );
  const sizes = metrics.findLast((one) => one.pools.length > 0)?.pools.map((pool) => pool.size) ?? [];
  const slots = check?.values['connectionSlots'];
  const used = check?.values['connections'];
  if (slots === undefined || used === undefined || sizes.length === 0) return null;
  return { slots, used, poolSize: Math.max(...sizes) };
}
