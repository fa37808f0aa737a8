import { Environment } from '@marcbachmann/cel-js';
import { fingerprintOf, fingerprintOfKey } from '../fingerprint.ts';
import type { Arrival, Incoming, IncomingAlert, Labels, Malformed } from '../incoming.ts';
import { isRecord, malformed } from './malformed.ts';
import { isSaid, readTime } from './read-time.ts';

export interface MappingTexts {
  readonly items?: string | undefined;
  readonly key?: string | undefined;
  readonly name: string;
  readonly summary?: string | undefined;
  readonly severity?: string | undefined;
  readonly ended?: string | undefined;
  readonly startsAt?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

interface Scope {
  readonly item: unknown;
  readonly body: unknown;
}

type Pick = (scope: Scope) => unknown;

/** Reads a JSON body of any shape by its mapping. */
export type JsonMapping = (body: unknown, source: string, arrival: Arrival) => Incoming;

const celEnvironment = new Environment({ unlistedVariablesAreDyn: true });

/** Compiles a mapping: each text is a JSON pointer (RFC 6901) into the item, or a CEL expression. Throws for one that is neither. */
export function compileMapping(texts: MappingTexts): JsonMapping {
  const { items, labels, ...fields } = texts;
  const picks = Object.fromEntries(
    Object.entries(fields).map(([field, text]) => [
      field,
      text === undefined ? () => undefined : compilePick(text),
    ]),
  );
  const labelPicks = Object.entries(labels).map(([name, text]) => [name, compilePick(text)] as const);
  const one = compileItem({ picks, labelPicks });
  return (body, source, arrival) => {
    const list = items === undefined ? [body] : pointer(items)({ item: body, body });
    const place = `body${items === undefined ? '' : items.replaceAll('/', '.')}`;
    if (!Array.isArray(list))
      return { alerts: [], words: [], malformed: [malformed(place, list, 'a list of items', body)] };
    const read = list.map((item, n) =>
      one({ item, body }, items === undefined ? place : `${place}[${n}]`, { source, arrival }),
    );
    return {
      alerts: read.filter((each): each is IncomingAlert => 'hash' in each),
      words: [],
      malformed: read.filter((each): each is Malformed => 'expected' in each),
    };
  };
}

interface Compiled {
  readonly picks: Readonly<Record<string, Pick>>;
  readonly labelPicks: readonly (readonly [string, Pick])[];
}

interface Origin {
  readonly source: string;
  readonly arrival: Arrival;
}

function compileItem({ picks, labelPicks }: Compiled) {
  return (scope: Scope, place: string, { source, arrival }: Origin): IncomingAlert | Malformed => {
    try {
      const pick = (field: string): unknown => picks[field]?.(scope);
      const name = textOf(pick('name'));
      if (name === '') return malformed(`${place}.name`, pick('name'), 'a name by the mapping', scope.item);
      const startsAt = isSaid(pick('startsAt')) ? instantOf(pick('startsAt')) : arrival.at;
      if (startsAt === null)
        return malformed(
          `${place}.startsAt`,
          pick('startsAt'),
          'an instant of RFC 3339 or epoch seconds',
          scope.item,
        );
      const labels = labelsOf(name, labelPicks, scope);
      const key = textOf(pick('key'));
      const ended = isTrue(pick('ended'));
      return {
        hash: key === '' ? fingerprintOf(labels) : fingerprintOfKey(source, key),
        labels,
        annotations: said({ summary: textOf(pick('summary')) }),
        generatorUrl: '',
        startsAt: Math.min(startsAt, arrival.at),
        endsAt: ended ? arrival.at : arrival.at + arrival.resolveAfterMs,
        name,
        severity: textOf(pick('severity')) || null,
        flag: null,
      };
    } catch (error) {
      return malformed(
        place,
        scope.item,
        `an item that the mapping can read: ${(error as Error).message}`,
        scope.item,
      );
    }
  };
}

function labelsOf(name: string, picks: Compiled['labelPicks'], scope: Scope): Labels {
  const picked = picks.map(([label, pick]) => [label, textOf(pick(scope))] as const);
  return said(Object.fromEntries([['alertname', name] as const, ...picked]));
}

function compilePick(text: string): Pick {
  if (text.startsWith('/')) return pointer(text);
  let evaluate: (context: Record<string, unknown>) => unknown;
  try {
    evaluate = celEnvironment.parse(text);
  } catch (cause) {
    throw new Error(
      `"${text}"; expected a JSON pointer (/title) or a CEL expression over item and body: ${(cause as Error).message}`,
      { cause },
    );
  }
  return ({ item, body }) => evaluate({ item, body });
}

function pointer(text: string): Pick {
  const keys = text
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return ({ item }) =>
    keys.reduce<unknown>((held, key) => {
      if (Array.isArray(held)) return held[Number(key)];
      return isRecord(held) && Object.hasOwn(held, key) ? held[key] : undefined;
    }, item);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replaceAll('\0', '').trim();
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 'resolved' || value === 'ok';
}

function instantOf(value: unknown): number | null {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) * 1000;
  return readTime(value);
}

function said(texts: Labels): Labels {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}
