import { memoryBytes } from '../map/memory-quantity.ts';

/** A ResourceQuota, by resource as Kubernetes names it (`pods`, `limits.memory`): bytes for memory, else counts or cores. */
export interface Quota {
  readonly name: string;
  readonly hard: Readonly<Record<string, number>>;
  readonly used: Readonly<Record<string, number>>;
}

type WireAmounts = Readonly<Record<string, string | number>>;

export interface WireQuota {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly hard?: WireAmounts };
  readonly status?: { readonly hard?: WireAmounts; readonly used?: WireAmounts };
}

function amounts(wire: WireAmounts = {}): Readonly<Record<string, number>> {
  const read = Object.entries(wire).map(([name, amount]) => [name, memoryBytes(amount)] as const);
  return Object.fromEntries(read.filter((one): one is [string, number] => one[1] !== null));
}

/** What a ResourceQuota allows and what is taken. */
export function quota({ metadata, spec, status }: WireQuota): Quota {
  return { name: metadata.name, hard: amounts(status?.hard ?? spec?.hard), used: amounts(status?.used) };
}
