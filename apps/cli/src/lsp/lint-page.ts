import { readFileSync } from 'node:fs';

const pages = new URL('../../../../docs/lint/', import.meta.url);

/** What a page of `docs/lint` says in short. */
export interface LintPage {
  /** Address of the page on this machine's disk. */
  readonly href: string;
  readonly title: string;
  readonly why: string;
}

/** Title and first paragraph of a page. */
export function readLintPage(markdown: string): Pick<LintPage, 'title' | 'why'> {
  return {
    title: /^# (.*)$/m.exec(markdown)?.[1]?.trim() ?? '',
    why: /^## Why\s+([^]*?)(?:\r?\n\s*\r?\n|$(?![^]))/m.exec(markdown)?.[1]?.trim() ?? '',
  };
}

/** Finds pages on disk, each read once; null for a code without a page, or where the documentation is not installed. */
export function openLintPages(): (code: string) => LintPage | null {
  const known = new Map<string, LintPage | null>();
  return (code) => {
    const found = known.get(code);
    if (found !== undefined) return found;
    const page = loadPage(code);
    known.set(code, page);
    return page;
  };
}

function loadPage(code: string): LintPage | null {
  if (!/^RB\d{3}$/.test(code)) return null;
  const url = new URL(`${code}.md`, pages);
  try {
    return { href: url.href, ...readLintPage(readFileSync(url, 'utf8')) };
  } catch {
    return null;
  }
}
