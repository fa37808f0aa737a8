import type { TenantImpact } from '../assessment.ts';

/** `31 %`, with one decimal below 10 unless it is whole. */
export function percentText(ratio: number): string {
  return `${numberText(ratio * 100)} %`;
}

function numberText(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
}

/** `31-36 %`, or `31 %` when both ends read the same. */
export function rangeText(ratios: readonly number[]): string {
  const low = numberText(Math.min(...ratios) * 100);
  const high = numberText(Math.max(...ratios) * 100);
  return low === high ? `${low} %` : `${low}-${high} %`;
}

/** `1.25 s` or `340 ms`. */
export function durationText(ms: number): string {
  return ms >= 1000 ? `${Math.round(ms / 10) / 100} s` : `${Math.round(ms)} ms`;
}

const stages: Readonly<Record<string, string>> = {
  dns: 'DNS: the name is not resolved',
  refused: 'TCP: the connection is refused',
  tls: 'TLS: no secure connection comes about',
  'http-error': 'HTTP: the answer is an error',
  timeout: 'no answer in time',
};

/** The stage at which requests fail, in words. */
export function stageText(outcome: string | null): string {
  return stages[outcome ?? ''] ?? 'no stage known';
}

/** `t1, t2 and t3`; at most five names, then a count. */
export function namesText(names: readonly string[]): string {
  if (names.length > 5) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `all 5 tenants with traffic`, or the names when they are some of them. */
export function tenantsText(some: readonly TenantImpact[], all: readonly TenantImpact[]): string {
  if (some.length === all.length && all.length > 1) return `all ${all.length} tenants with traffic`;
  const names = namesText(some.map((one) => one.tenant));
  const noun = some.length === 1 ? 'tenant' : 'tenants';
  return `${noun} ${names} of ${all.length} with traffic`;
}
