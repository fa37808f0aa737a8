import type { Absence, Layer, Override } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { isWithinHours } from './hours.ts';
import type { LayerAnswer, OnCallAt, Roster, Taken } from './roster.ts';
import { turnAt } from './turns.ts';
import { unlessUnreadable } from './unless-unreadable.ts';

/**
 * Who is on call by a schedule at `at`. Each layer has exactly one person or says why it has none. An override takes the place of its
 * layer, without one of the first layer that answers; whoever is away answers for nothing. Never throws: a layer that cannot be read has
 * nobody.
 */
export function whoIsOnCallAt(roster: Roster, at: EpochMs): OnCallAt {
  const { schedule } = roster;
  const turns = schedule.layers.map((layer) => answerOf(roster, layer, at));
  const valid = roster.overrides.filter((one) => covers(one, at) && !isAway(roster.away, one.person, at));
  const { layers, taken } = valid.reduce<Answers>(take, { layers: turns, taken: [] });
  const line = layers.flatMap((layer) => (layer.person === null ? [] : [layer.person]));
  return { layers, line: [...new Set(line)], taken };
}

type Answers = Pick<OnCallAt, 'layers' | 'taken'>;

/** Whether somebody is away at an instant. */
export function isAway(away: readonly Absence[], person: string, at: EpochMs): boolean {
  return away.some((one) => one.person === person && covers(one, at));
}

function covers(span: { readonly from: string; readonly to: string }, at: EpochMs): boolean {
  return Date.parse(span.from) <= at && at < Date.parse(span.to);
}

function answerOf(roster: Roster, layer: Layer, at: EpochMs): LayerAnswer {
  return unlessUnreadable<LayerAnswer>(
    () => byTurn(roster, layer, at),
    (why) => {
      const zone = layer.zone ?? roster.schedule.zone;
      return {
        layer: layer.id,
        person: null,
        why: 'unreadable',
        because: `start ${layer.start}, every ${layer.every}, zone ${zone}: ${why}`,
      };
    },
  );
}

function byTurn({ schedule, away }: Roster, layer: Layer, at: EpochMs): LayerAnswer {
  const zone = layer.zone ?? schedule.zone;
  const turn = turnAt(layer, zone, at);
  if (turn === null) return { layer: layer.id, person: null, why: 'not-begun' };
  if (!isWithinHours(layer, zone, at)) return { layer: layer.id, person: null, why: 'off-hours' };
  const { people } = layer;
  const order = people.map((_, index) => people[(turn + index) % people.length] ?? '');
  const [own] = order;
  const candidates = layer.whenAway === 'gap' ? order.slice(0, 1) : order;
  const person = candidates.find((one) => !isAway(away, one, at));
  if (person === undefined) return { layer: layer.id, person: null, why: 'all-away' };
  const isOwn = person === own;
  return {
    layer: layer.id,
    person,
    why: isOwn ? 'turn' : 'stand-in',
    instead: isOwn ? null : (own ?? null),
    turn,
  };
}

function take({ layers, taken }: Answers, { layer, person }: Override): Answers {
  const answering = layers.findIndex((one) => one.person !== null);
  const index = layer === undefined ? Math.max(0, answering) : layers.findIndex((one) => one.layer === layer);
  const place: Taken = { person, layer: layers[index]?.layer ?? null };
  return {
    layers: layers.map((one, at) => (at === index ? replaced(one, person) : one)),
    taken: [...taken, place],
  };
}

function replaced(one: LayerAnswer, person: string): LayerAnswer {
  const instead = one.person === null || one.person === person ? null : (one.instead ?? one.person);
  return { layer: one.layer, person, why: 'override', instead, turn: 'turn' in one ? one.turn : null };
}
