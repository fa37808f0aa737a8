import { sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { rangeOfLine } from '../document/source-range.ts';
import { readAfter, readCadence } from '../grammar/duration-phrases.ts';
import { topicsAbove } from '../headings/outline.ts';
import type { Audience, Cadence, Trigger } from '../plan.ts';
import { allItems, itemLine, itemText } from './bullets.ts';

const EXECUTIVES = /executive|leadership|management|c-level|board|vorstand|geschäftsleitung/i;
const CUSTOMERS = /customer|status.?page|public|client|tenant|subscriber|merchant|kunden|statusseite/i;

/** Cadences ("Every 15 minutes") and triggers ("lasting >1 hour") of the communication sections. */
export function readCommunication(context: CompileContext): { cadences: Cadence[]; triggers: Trigger[] } {
  const cadences: Cadence[] = [];
  const triggers: Trigger[] = [];
  const sections = sectionsUnder(context, [
    'communication',
    'internal-communication',
    'external-communication',
  ]);
  for (const section of sections) {
    const external = isExternal(context, section);
    for (const item of allItems(section)) {
      const text = itemText(item);
      const audience = audienceOf(text, external);
      const source = rangeOfLine(itemLine(item));
      const everyMinutes = readCadence(text);
      const afterMinutes = readAfter(text);
      if (everyMinutes !== null) cadences.push({ audience, everyMinutes, text, source });
      if (afterMinutes !== null) triggers.push({ audience, afterMinutes, text, source });
    }
  }
  return { cadences, triggers };
}

function audienceOf(text: string, external: boolean): Audience {
  if (EXECUTIVES.test(text)) return 'executives';
  return external || CUSTOMERS.test(text) ? 'customers' : 'internal';
}

function isExternal(context: CompileContext, section: Section): boolean {
  const part = context.parts.get(section);
  const own = part?.part === 'topic' ? part.topic : topicsAbove(section, context.parts)[0];
  return own === 'external-communication';
}
