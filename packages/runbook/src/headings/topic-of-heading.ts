import { slug } from '../document/plain-text.ts';
import { HEADING_ALIASES, type Topic } from './aliases.ts';

const TOPICS = Object.entries(HEADING_ALIASES)
  .flatMap(([topic, aliases]) =>
    aliases.map((alias) => ({ topic: topic as Topic, words: slug(alias).split('-') })),
  )
  .toSorted((a, b) => b.words.length - a.words.length);

/** The topic of a heading by its words, the most specific alias first; undefined when none matches. */
export function topicOfHeading(title: string): Topic | undefined {
  const words = slug(title).split('-');
  return TOPICS.find((entry) => containsInOrder(words, entry.words))?.topic;
}

function containsInOrder(words: string[], wanted: string[]): boolean {
  let next = 0;
  for (const word of words) if (word === wanted[next]) next += 1;
  return next === wanted.length;
}
