import { slug } from '../document/plain-text.ts';
import { HEADING_ALIASES, type Topic } from './aliases.ts';

/** The topic of a heading; `exact` when the heading is the alias and nothing else. Undefined when no alias matches. */
export type TopicFinder = (title: string) => { topic: Topic; exact: boolean } | undefined;

/** Aliases by topic that are added to the published ones; a topic may come more than once. */
export type MoreAliases = readonly (readonly [topic: string, aliases: readonly string[]])[];

interface Entry {
  topic: Topic;
  words: string[];
}

/** True for the name of a topic. */
export function isTopic(name: string): name is Topic {
  return Object.hasOwn(HEADING_ALIASES, name);
}

/** Finds topics by words, the most specific alias first; aliases of the document itself before the published ones. */
export function topicFinder(more: MoreAliases): TopicFinder {
  const byFirstWord = new Map<string, Entry[]>();
  const known = new Map<string, ReturnType<TopicFinder>>();
  const add = (topic: Topic, aliases: readonly string[]): void => {
    for (const alias of aliases) {
      const words = wordsOf(alias);
      const first = words[0] ?? '';
      if (first !== '') byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { topic, words }]);
    }
  };
  for (const [topic, aliases] of more) if (isTopic(topic)) add(topic, aliases);
  for (const [topic, aliases] of Object.entries(HEADING_ALIASES)) if (isTopic(topic)) add(topic, aliases);
  return (title) => {
    if (!known.has(title)) known.set(title, findIn(byFirstWord, wordsOf(title)));
    return known.get(title);
  };
}

function findIn(byFirstWord: Map<string, Entry[]>, words: string[]): ReturnType<TopicFinder> {
  let best: Entry | undefined;
  for (const word of new Set(words))
    for (const entry of byFirstWord.get(word) ?? []) {
      if (entry.words.length <= (best?.words.length ?? 0) || !containsInOrder(words, entry.words)) continue;
      best = entry;
    }
  return best === undefined ? undefined : { topic: best.topic, exact: best.words.length === words.length };
}

/** Words without accents, so that `Équipe` and `Equipe` are one. */
function wordsOf(text: string): string[] {
  return slug(text.replaceAll(/[’']/g, '')).normalize('NFD').replace(/\p{M}/gu, '').split('-');
}

function containsInOrder(words: string[], wanted: string[]): boolean {
  let next = 0;
  for (const word of words) if (word === wanted[next]) next += 1;
  return next === wanted.length;
}
