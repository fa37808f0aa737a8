import { LINT_CODES, type LintCode } from '@tocsin/runbook';
import { readPage } from './lint-pages.ts';

/** The page of a code, or what is wrong with the question. */
export function explain(wanted: string, folders: string[]): { page: string } | { wrong: string } {
  const code = wanted.trim().toUpperCase();
  const known = LINT_CODES.find((candidate) => candidate.code === code);
  if (known === undefined) return { wrong: notFound(wanted) };
  const page = readPage(code, folders);
  if (page !== null) return { page: page.trimEnd() };
  return {
    wrong: `${code}: ${known.title}. Its page is missing, expected ${code}.md in ${folders.join(' or ')}`,
  };
}

function notFound(wanted: string): string {
  const near = nearCodes(wanted);
  const rows = (near.length > 0 ? near : LINT_CODES).map(({ code, title }) => `  ${code}  ${title}`);
  return [
    `${wanted}: there is no such code, expected ${near.length > 0 ? 'perhaps' : 'one of'}`,
    ...rows,
  ].join('\n');
}

/** Codes with the same digits or of the same group, or codes about the word. */
function nearCodes(wanted: string): LintCode[] {
  const digits = /^[a-z]{0,2}0*(\d{1,3})$/i.exec(wanted.trim())?.[1];
  if (digits === undefined)
    return LINT_CODES.filter(({ title }) => title.toLowerCase().includes(wanted.trim().toLowerCase()));
  const padded = digits.padStart(3, '0');
  const exact = LINT_CODES.filter(({ code }) => code === `RB${padded}`);
  return exact.length > 0
    ? exact
    : LINT_CODES.filter(({ code }) => code.startsWith(`RB${padded.slice(0, 2)}`));
}
