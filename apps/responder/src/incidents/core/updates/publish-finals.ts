import type { Draft } from '../draft.ts';
import { sayLeak } from './find-leaks.ts';
import { leaksIn } from './leaks-in.ts';
import { publish } from './publish.ts';
import { audienceWords } from './remind-of-update.ts';

/** The last word to everybody who was told of it and has not heard yet that it is over. What would tell internals stays inside, and is said. */
export function publishFinals(draft: Draft): void {
  const { finals = [], actor, internalNames } = draft.input;
  for (const { audience, body, language } of finals) {
    const told = draft.incident.updates?.[audience];
    if (told === undefined || told.lastAt === null || told.lastStatus === 'resolved') continue;
    const leaks = leaksIn({ audience, body }, draft.incident, internalNames);
    if (leaks.length === 0) {
      publish(draft, { audience, status: 'resolved', body, language, by: actor });
      continue;
    }
    const found = leaks.map(sayLeak).join('; ');
    const text = `The last update to ${audienceWords[audience]} was not sent, it would tell what is internal: ${found}`;
    draft.add({ type: 'noted', by: { kind: 'system', id: 'core' }, text });
  }
}
