import type { ReadinessView } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { Finding, ReadinessCheck, ReadinessPlan } from '#oncall';
import { iso } from './iso.ts';
import type { NameOf } from './names.ts';

/** What a look at `at` finds, and what the last daily one found. */
export function readinessView(
  {
    at,
    findings,
    next,
  }: { readonly at: EpochMs; readonly findings: readonly Finding[]; readonly next: ReadinessPlan },
  last: ReadinessCheck | null,
  nameOf: NameOf,
): ReadinessView {
  return {
    at: iso(at),
    findings: [...findings],
    owner: next.owner === null ? null : { id: next.owner, name: nameOf(next.owner) },
    nextAt: iso(next.at),
    last:
      last === null
        ? null
        : {
            at: iso(last.at),
            findings: [...last.findings],
            told: last.told === null ? null : nameOf(last.told),
          },
  };
}
