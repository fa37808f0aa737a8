import { isWindow } from '../grammar/window.ts';
import { bareTitle } from './bare-title.ts';
import { conditionOf } from './condition-of.ts';
import { countedPhase } from './phase-name.ts';
import { titleWindow } from './title-window.ts';
import type { TopicFinder } from './topic-finder.ts';

/** What a bold line opens when it is taken for a heading; undefined when it is only emphasis. */
export function openingOfLine(
  title: string,
  topicOf: TopicFinder,
): 'section' | 'phase' | 'branch' | undefined {
  const bare = bareTitle(title).replace(/\s*:$/, '');
  if (isPhase(bare)) return 'phase';
  if (topicOf(bare)?.exact === true) return 'section';
  return /^(?:if|falls|si|wenn)\s/i.test(bare) && conditionOf(bare, false) !== null ? 'branch' : undefined;
}

function isPhase(title: string): boolean {
  const counted = countedPhase(title);
  if (counted?.always === true) return true;
  const { window } = titleWindow(counted?.rest ?? title);
  return window !== null && isWindow(window);
}
