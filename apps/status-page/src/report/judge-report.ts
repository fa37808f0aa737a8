import { type VisitorReport, visitorReport } from '@tocsin/contract';
import { readStamp } from './stamp.ts';

/** What becomes of a form: stored; said to be wrong; or thanked for and forgotten, so that a machine learns nothing. */
export type Judged =
  | { readonly verdict: 'store'; readonly report: VisitorReport }
  | { readonly verdict: 'invalid' }
  | { readonly verdict: 'forget'; readonly because: 'trap' | 'stamp' | 'too-fast' | 'too-old' };

const shortestMs = 2000;
const longestMs = 24 * 3_600_000;

/** Judges the fields of a form. `website` is the field that people do not see. */
export function judgeReport(form: URLSearchParams, secret: string, now: number): Judged {
  if ((form.get('website') ?? '') !== '') return { verdict: 'forget', because: 'trap' };
  const shownAt = readStamp(secret, form.get('stamp') ?? '');
  if (shownAt === null) return { verdict: 'forget', because: 'stamp' };
  if (now - shownAt < shortestMs) return { verdict: 'forget', because: 'too-fast' };
  if (now - shownAt > longestMs) return { verdict: 'forget', because: 'too-old' };
  const parsed = visitorReport.safeParse({
    text: (form.get('text') ?? '').trim(),
    from: (form.get('from') ?? '').trim() || null,
  });
  return parsed.success ? { verdict: 'store', report: parsed.data } : { verdict: 'invalid' };
}
