import type { InternalNames, Leak, LeakKind } from './leak.ts';
import { leakPatterns, type Span } from './leak-patterns.ts';
import { readable } from './readable.ts';

/** Everything in a text that must not be told outside, in order. A person may tell it all the same, and says why. */
export function findLeaks(body: string, names: InternalNames): readonly Leak[] {
  const { text, offsets } = readable(body);
  const spans = [...spansOfPatterns(text, names), ...spansOfNames(text, names)];
  return outermost(spans).map(({ kind, start, end }) => {
    const from = offsets[start] ?? 0;
    const said = body.slice(from, offsets[end] ?? body.length);
    const before = body.slice(0, from).split('\n');
    return {
      kind,
      text: kind === 'token' ? `${said.slice(0, 4)}…` : said,
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
    };
  });
}

/** `line 2, column 5: the node "node-b"`. */
export function sayLeak({ kind, text, line, column }: Leak): string {
  return `line ${line}, column ${column}: ${leakWords[kind]} "${text}"`;
}

const leakWords: Readonly<Record<LeakKind, string>> = {
  person: 'the person',
  pod: 'the pod or workload',
  node: 'the node',
  namespace: 'the namespace',
  tenant: 'the tenant',
  address: 'the address',
  host: 'the host',
  token: 'what looks like a secret',
  url: 'the internal link',
};

function spansOfPatterns(text: string, names: InternalNames): Span[] {
  return leakPatterns.flatMap(({ kind, pattern, holds }) =>
    [...text.matchAll(pattern)]
      .filter(([found]) => holds === undefined || holds(found, names))
      .map((match) => ({ kind, start: match.index, end: match.index + match[0].length })),
  );
}

function spansOfNames(text: string, names: InternalNames): Span[] {
  const { people, pods, nodes, namespaces, tenants, hosts } = names;
  return [
    ...named(text, 'person', { whole: people, exact: people.flatMap(partsOfName) }),
    ...named(text, 'pod', { whole: pods }),
    ...named(text, 'node', { whole: nodes }),
    ...named(text, 'tenant', { whole: tenants }),
    ...named(text, 'host', { whole: hosts }),
    ...named(text, 'namespace', { whole: namespaces.filter((one) => !isWord(one)) }),
    ...namespaceWords(text, namespaces.filter(isWord)),
  ];
}

/** First and last names are told from words by their capitals; shorter ones are too often something else. */
function partsOfName(name: string): readonly string[] {
  if (!name.includes(' ')) return [];
  return name.split(/\s+/).filter((part) => /^\p{Lu}[\p{L}'-]{2,}$/u.test(part));
}

function named(
  text: string,
  kind: LeakKind,
  { whole, exact = [] }: { readonly whole: readonly string[]; readonly exact?: readonly string[] },
): Span[] {
  return [...matches(text, whole, 'giu'), ...matches(text, exact, 'gu')].map((span) => ({ kind, ...span }));
}

function matches(text: string, words: readonly string[], flags: string): Omit<Span, 'kind'>[] {
  const meant = words.map((one) => readable(one.trim()).text).filter((one) => one !== '');
  if (meant.length === 0) return [];
  const any = meant.toSorted((a, b) => b.length - a.length).map((one) => RegExp.escape(one));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any.join('|')})(?![\\p{L}\\p{N}])`, flags);
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const isWord = (name: string): boolean => /^\p{L}+$/u.test(name);

/** A namespace that is called like a word (`platform`) is one only where the text says so. */
function namespaceWords(text: string, words: readonly string[]): Span[] {
  if (words.length === 0) return [];
  const any = words.map((one) => RegExp.escape(one)).join('|');
  const patterns = [
    new RegExp(`(?<=namespaces?[\\s:=]{1,3}["'\`]?|-n[\\s=]|\`)(?:${any})(?![\\p{L}\\p{N}])`, 'giu'),
    new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?=["'\`]?\\snamespace|/[a-z0-9])`, 'giu'),
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): Span => ({
      kind: 'namespace',
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

/** In order; what lies within another is not said twice. */
function outermost(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Span[] = [];
  for (const span of sorted) if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  return kept;
}
