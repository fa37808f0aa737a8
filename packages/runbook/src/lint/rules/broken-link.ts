import { nearestWord } from '../nearest-word.ts';
import type { Finding, LintContext, Rule } from '../rule.ts';

const LINK = /\]\(#([^()\s]{1,200})\)/g;
const WRITTEN = /<a\s|\{#/;
const ANCHOR = /<a\s[^>]{0,80}?(?:id|name)="([^"]{1,80})"|\{#([^{}\s]{1,80})\}/g;

/** RB023: a link into the document that leads nowhere, followed at three in the morning. */
export const brokenLink: Rule = {
  code: 'RB023',
  level: 'info',
  find: (context) => {
    const links = linksOf(context);
    if (links.length === 0) return [];
    const anchors = anchorsOf(context);
    return links
      .filter(({ anchor }) => !anchors.has(decoded(anchor)))
      .map((link) => findingOf(link, anchors));
  },
};

interface Link {
  anchor: string;
  line: number;
  column: number;
}

function findingOf({ anchor, line, column }: Link, anchors: Set<string>): Finding {
  const source = { line, column, endLine: line, endColumn: column + anchor.length + 1 };
  const near = nearestWord(anchor.toLowerCase(), anchors);
  const message = `no heading of this document has the anchor #${anchor}`;
  if (near === undefined) return { source, message };
  return { source, message, suggestion: `#${near}`, fix: { ...source, text: `#${near}`, safe: false } };
}

function linksOf({ document, fences }: LintContext): Link[] {
  const coded = new Set(fences.flatMap((fence) => fence.starts.map(({ line }) => line)));
  return document.lines.flatMap((text, index) => {
    if (!text.includes('](#') || coded.has(index + 1)) return [];
    const plain = text.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    return Array.from(plain.matchAll(LINK), (match) => ({
      anchor: match[1] ?? '',
      line: index + 1,
      column: match.index + 3,
    }));
  });
}

/** Anchors as they are made where Markdown is rendered: lower case, hyphens for blanks, numbered when they repeat. */
function anchorsOf({ document }: LintContext): Set<string> {
  const times = new Map<string, number>();
  const anchors = document.sections.map(({ title }) => {
    const base = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const before = times.get(base) ?? 0;
    times.set(base, before + 1);
    return before === 0 ? base : `${base}-${before}`;
  });
  const written = document.lines.flatMap((text) =>
    WRITTEN.test(text) ? Array.from(text.matchAll(ANCHOR), (match) => match[1] ?? match[2] ?? '') : [],
  );
  return new Set([...anchors, ...written, 'top']);
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor);
  } catch {
    return anchor;
  }
}
