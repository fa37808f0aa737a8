import type { Audience, Mailing, Plan, SourceRange } from '../plan.ts';
import { weightOfRise, type Change } from './change.ts';
import { pairUp } from './pair-up.ts';
import { minutesInstead, minutesText, quote } from './phrases.ts';

/** A cadence or a trigger. */
interface Told {
  audience: Audience;
  minutes: number;
  text: string;
  source: SourceRange;
}

/** Who is updated how often, and who is told after how long. The words around the times do not count. */
export function communicationChanges(old: Plan, next: Plan): Change[] {
  return [
    ...changesOf({ kind: 'cadence', says: 'updated every' }, cadencesOf(old), cadencesOf(next)),
    ...changesOf({ kind: 'trigger', says: 'told after' }, triggersOf(old), triggersOf(next)),
    ...mailingChanges(old.mailings ?? [], next.mailings ?? []),
  ];
}

/** Who is written to for which severities. */
function mailingChanges(olds: Mailing[], nexts: Mailing[]): Change[] {
  const { pairs, removed, added } = pairUp(olds, nexts, {
    keys: [({ text }) => text, wordsOf],
    text: ({ text }) => text,
    lastKeys: [({ audience }) => audience],
  });
  return [
    ...pairs.flatMap(({ old, next }) => mailingChange(old, next)),
    ...removed.map((one) => mailingAlone(one, 'removed')),
    ...added.map((one) => mailingAlone(one, 'added')),
  ];
}

function mailingChange(old: Mailing, next: Mailing): Change[] {
  const [before, after] = [wordsOf(old), wordsOf(next)];
  if (before === after) return [];
  const weight = weightOfRise(old.severities.length, next.severities.length);
  const text = `mailing: ${after} instead of ${before}`;
  return [
    { kind: 'trigger', what: 'changed', weight, text, before, after, old: old.source, next: next.source },
  ];
}

function mailingAlone(one: Mailing, what: 'added' | 'removed'): Change {
  return {
    kind: 'trigger',
    what,
    text: `mailing ${what}: ${wordsOf(one)}`,
    weight: what === 'added' ? 'safer' : 'weaker',
    ...(what === 'added' ? { after: one.text, next: one.source } : { before: one.text, old: one.source }),
  };
}

function wordsOf({ audience, severities }: Mailing): string {
  return `${audience}, by e-mail for ${severities.join(', ')}`;
}

function cadencesOf(plan: Plan): Told[] {
  return plan.cadences.map(({ everyMinutes, ...cadence }) => ({ ...cadence, minutes: everyMinutes }));
}

function triggersOf(plan: Plan): Told[] {
  return plan.triggers.map(({ afterMinutes, ...trigger }) => ({ ...trigger, minutes: afterMinutes }));
}

interface Wording {
  kind: 'cadence' | 'trigger';
  says: string;
}

function changesOf(wording: Wording, olds: Told[], nexts: Told[]): Change[] {
  const { pairs, removed, added } = pairUp(olds, nexts, {
    keys: [
      ({ audience, text }) => `${audience} ${text}`,
      ({ audience, minutes }) => `${audience} ${minutes}`,
    ],
    text: ({ text }) => text,
    lastKeys: [({ audience }) => audience],
  });
  return [
    ...pairs.flatMap(({ old, next }) => [
      ...audienceChange(wording, old, next),
      ...timeChange(wording, old, next),
    ]),
    ...removed.map((gone) => alone(wording, gone, 'removed')),
    ...added.map((come) => alone(wording, come, 'added')),
  ];
}

function audienceChange({ kind }: Wording, old: Told, next: Told): Change[] {
  if (old.audience === next.audience) return [];
  const text = `${quote(next.text)} goes to ${next.audience} instead of ${old.audience}`;
  const facts = { text, before: old.audience, after: next.audience };
  return [{ kind, what: 'changed', weight: 'neutral', ...facts, old: old.source, next: next.source }];
}

/** Sooner is safer. */
function timeChange({ kind, says }: Wording, old: Told, next: Told): Change[] {
  if (old.minutes === next.minutes) return [];
  return [
    {
      kind,
      what: 'changed',
      text: `${next.audience}: ${says} ${minutesInstead(old.minutes, next.minutes)}`,
      weight: weightOfRise(next.minutes, old.minutes),
      before: minutesText(old.minutes),
      after: minutesText(next.minutes),
      old: old.source,
      next: next.source,
    },
  ];
}

function alone({ kind, says }: Wording, told: Told, what: 'added' | 'removed'): Change {
  return {
    kind,
    what,
    text: `${kind} ${what}: ${told.audience}, ${says} ${minutesText(told.minutes)}`,
    weight: what === 'added' ? 'safer' : 'weaker',
    ...(what === 'added' ? { after: told.text, next: told.source } : { before: told.text, old: told.source }),
  };
}
