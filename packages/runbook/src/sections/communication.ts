import { sectionsUnder, type CompileContext } from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { readAfter, readCadence } from '../grammar/duration-phrases.ts';
import { topicsAbove } from '../headings/outline.ts';
import type { Audience, Cadence, Mailing, Severity, Trigger } from '../plan.ts';
import { readMailing } from './mailings.ts';
import { sentencesOf } from './sentences.ts';

const EXECUTIVES =
  /executive|leadership|management|c-level|board|\bv\.?p\.?s?\b|\bc[teio]o\b|director|chief|vorstand|geschäftsleitung|geschäftsführung|direction|dirección|dirigeants/i;
const CUSTOMERS =
  /customer|status.?page|public|client|tenant|subscriber|merchant|kunden|statusseite|page d.état|página de estado|usuarios/i;

/** Cadences ("Every 15 minutes"), triggers ("lasting >1 hour") and mailings ("e-mail for critical outages") of the communication sections. */
export function readCommunication(
  context: CompileContext,
  severities: readonly Severity[],
): { cadences: Cadence[]; triggers: Trigger[]; mailings?: Mailing[] } {
  const cadences: Cadence[] = [];
  const triggers: Trigger[] = [];
  const mailings: Mailing[] = [];
  const sections = sectionsUnder(context, [
    'communication',
    'internal-communication',
    'external-communication',
  ]);
  for (const section of sections) {
    const isExternal = speaksToCustomers(context, section);
    for (const sentence of sentencesOf(section)) {
      const { text, source } = sentence;
      const audience = audienceOf(text, isExternal);
      const everyMinutes = readCadence(text);
      const afterMinutes = readAfter(text);
      if (everyMinutes !== null) cadences.push({ audience, everyMinutes, text, source });
      if (afterMinutes !== null) triggers.push({ audience, afterMinutes, text, source });
      if (everyMinutes !== null || afterMinutes !== null) continue;
      const mailing = readMailing(sentence, audience, severities);
      if (mailing !== null) mailings.push(mailing);
    }
  }
  return { cadences, triggers, ...(mailings.length === 0 ? {} : { mailings }) };
}

function audienceOf(text: string, isExternal: boolean): Audience {
  if (EXECUTIVES.test(text)) return 'executives';
  return isExternal || CUSTOMERS.test(text) ? 'customers' : 'internal';
}

function speaksToCustomers(context: CompileContext, section: Section): boolean {
  const part = context.parts.get(section);
  const own = part?.part === 'topic' ? part.topic : topicsAbove(section, context.parts)[0];
  return own === 'external-communication';
}
