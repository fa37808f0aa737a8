import type { ReadinessView } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import type { ChannelState, Finding, ReadinessCheck, ReadinessPlan } from '#oncall';
import { iso } from './iso.ts';
import type { NameOf } from './names.ts';

/** What a look finds. */
interface Look {
  readonly at: EpochMs;
  readonly findings: readonly Finding[];
  readonly channels: readonly ChannelState[];
  readonly next: ReadinessPlan;
}

/** What a look at `at` finds, and what the last daily one found. */
export function readinessView(
  { at, findings, channels, next }: Look,
  last: ReadinessCheck | null,
  nameOf: NameOf,
): ReadinessView {
  return {
    at: iso(at),
    findings: [...findings],
    channels: [...channels],
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
