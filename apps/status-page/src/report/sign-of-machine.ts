import { readStamp } from './stamp.ts';

const shortestMs = 2000;
/** A tab may stand open over a long weekend. */
const longestMs = 7 * 24 * 3_600_000;

export type SignOfMachine = 'trap' | 'stamp' | 'too-fast' | 'too-old';

/** What gives a machine away; null: a person. `website` is the field that people do not see. */
export function signOfMachine(form: URLSearchParams, secret: string, now: number): SignOfMachine | null {
  if ((form.get('website') ?? '') !== '') return 'trap';
  const shownAt = readStamp(secret, form.get('stamp') ?? '');
  if (shownAt === null) return 'stamp';
  if (now - shownAt < shortestMs) return 'too-fast';
  return now - shownAt > longestMs ? 'too-old' : null;
}
