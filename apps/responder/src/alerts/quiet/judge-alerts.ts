import type { EpochMs } from '#facts';
import type { IntakeConfig } from '../intake-config.ts';
import { compileMatchers, matcherText } from '../match/matcher.ts';
import type { AlertRow } from '../store/alert-row.ts';
import { createInhibition } from './inhibition.ts';
import type { Maintenance } from './maintenance.ts';
import { type Silence, silenceState } from './silence.ts';

export type SuppressionKind = 'silence' | 'inhibition' | 'maintenance' | 'heartbeat' | 'other-service';

/** Why an alert starts nothing. `by`: id of the silence, fingerprint of the inhibiting alert, or name of the window. */
export interface Suppression {
  readonly kind: SuppressionKind;
  readonly by: string;
}

export interface JudgedAlert {
  readonly row: AlertRow;
  readonly suppressedBy: readonly Suppression[];
  readonly flapping: boolean;
}

/** What keeps alerts back at an instant. */
export interface QuietRules {
  readonly at: EpochMs;
  readonly silences: readonly Silence[];
  readonly maintenance: readonly Maintenance[];
  readonly config: Pick<IntakeConfig, 'inhibit' | 'concerns' | 'heartbeats'>;
}

/** Says for one alert after the other why it starts nothing. Inhibiting alerts are told to it first. */
export function createJudgeAlert(rules: QuietRules) {
  const { at, config } = rules;
  const silences = rules.silences
    .filter((silence) => silenceState(silence, at) === 'active')
    .map(({ id, matchers }) => ({ id, test: compileMatchers(matchers) }));
  const windows = rules.maintenance.filter(({ active }) => active);
  const beats = config.heartbeats.filter(({ alert }) => alert.length > 0);
  const beatTests = beats.map(({ name, alert }) => ({ name, test: compileMatchers(alert) }));
  const concerns = compileMatchers(config.concerns);
  const concernText = config.concerns.map(matcherText).join(', ');
  const inhibition = createInhibition(config.inhibit);
  const keptQuiet = (labels: AlertRow['labels']): readonly Suppression[] => [
    ...silences.filter(({ test }) => test(labels)).map(({ id }) => ({ kind: 'silence' as const, by: id })),
    ...windows
      .filter(({ test }) => test(labels))
      .map(({ name }) => ({ kind: 'maintenance' as const, by: name })),
  ];
  return {
    /** What people have set to keep such labels back: silences, and maintenance with matchers. */
    keptQuiet,
    /** True when some alerts must be told with `mayInhibit` before the first is judged. */
    needsSources: config.inhibit.length > 0,
    mayInhibit: (row: AlertRow): void => inhibition.add(row),
    judge(row: AlertRow): JudgedAlert {
      const { labels } = row;
      const suppressedBy: Suppression[] = [
        ...keptQuiet(labels),
        ...inhibition.by(row).map((by) => ({ kind: 'inhibition' as const, by })),
        ...beatTests
          .filter(({ test }) => test(labels))
          .map(({ name }) => ({ kind: 'heartbeat' as const, by: name })),
        ...(concerns(labels) ? [] : [{ kind: 'other-service' as const, by: concernText }]),
      ];
      return { row, suppressedBy, flapping: row.heldUntil !== null && row.heldUntil > at };
    },
  };
}
