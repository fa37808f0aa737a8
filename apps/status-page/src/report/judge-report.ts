import { type VisitorReport, visitorReport } from '@tocsin/contract';
import { type SignOfMachine, signOfMachine } from './sign-of-machine.ts';

/** What becomes of a form: stored; said to be wrong; or thanked for and forgotten, so that a machine learns nothing. */
export type Judged =
  | { readonly verdict: 'store'; readonly report: VisitorReport }
  | { readonly verdict: 'invalid' }
  | { readonly verdict: 'forget'; readonly because: SignOfMachine };

/** Judges the fields of a form. */
export function judgeReport(form: URLSearchParams, secret: string, now: number): Judged {
  const because = signOfMachine(form, secret, now);
  if (because !== null) return { verdict: 'forget', because };
  const field = (name: string): string => (form.get(name) ?? '').trim();
  const parsed = visitorReport.safeParse({ text: field('text'), from: field('from') || null });
  return parsed.success ? { verdict: 'store', report: parsed.data } : { verdict: 'invalid' };
}
