import { type VisitorReport, visitorReport } from '@tocsin/contract';
import { readStamp } from './stamp.ts';

/** What becomes of a form: stored; said to be wrong; or thanked for and forgotten, so that a machine learns nothing. */
export type Judged =
  | { readonly verdict: 'store'; readonly report: VisitorReport }
  | { readonly verdict: 'invalid' }
  | { readonly verdict: 'forget'; readonly because: 'trap' | 'stamp' | 'too-fast' | 'too-old' };

const shortestMs = 2000;
const longestMs = 24 * 3_600_000;

/** Judges the fields of a form. */
export function judgeReport(form: URLSearchParams, secret: string, now: number): Judged {
  const because = signOfMachine(form, secret, now);
  if (because !== null) return { verdict: 'forget', because };
  const field = (name: string): string => (form.get(name) ?? '').trim();
  const parsed = visitorReport.safeParse({ text: field('text'), from: field('from') || null });
  return parsed.success ? { verdict: 'store', report: parsed.data } : { verdict: 'invalid' };
}

type SignOfMachine = Extract<Judged, { verdict: 'forget' }>['because'];

/** What gives a machine away; null: a person. `website` is the field that people do not see. */
function signOfMachine(form: URLSearchParams, secret: string, now: number): SignOfMachine | null {
  if ((form.get('website') ?? '') !== '') return 'trap';
  const shownAt = readStamp(secret, form.get('stamp') ?? '');
  if (shownAt === null) return 'stamp';
  if (now - shownAt < shortestMs) return 'too-fast';
  return now - shownAt > longestMs ? 'too-old' : null;
}
