/** Lines that stand around a change. */
const CONTEXT = 3;

/** A run of lines that differ: `[from, to)` of the old text became `[newFrom, newTo)` of the new one. */
interface Change {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
}

/** The difference of two texts as `patch` and `git apply` read it; empty when there is none. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const old = linesOf(before);
  const now = linesOf(after);
  const hunks = groupsOf(changesOf(old, now)).map((changes) => hunkOf(changes, old, now));
  const path = name.replace(/^\/+/, '');
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** Lines with their line feeds, as the format counts them. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Fixes keep the number of lines as a rule, and then lines face each other; else everything between the equal ends has changed. */
function changesOf(old: string[], now: string[]): Change[] {
  if (old.length === now.length) {
    return old.flatMap((line, at) =>
      line === now[at] ? [] : [{ from: at, to: at + 1, newFrom: at, newTo: at + 1 }],
    );
  }
  const shorter = Math.min(old.length, now.length);
  let from = 0;
  while (from < shorter && old[from] === now[from]) from += 1;
  let end = 0;
  while (end < shorter - from && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [{ from, to: old.length - end, newFrom: from, newTo: now.length - end }];
}

/** Changes whose surroundings touch are shown together. */
function groupsOf(changes: Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const gap = change.from - (last?.at(-1)?.to ?? -Infinity);
    if (last === undefined || gap > 2 * CONTEXT) groups.push([change]);
    else last.push(change);
  }
  return groups;
}

function hunkOf(changes: Change[], old: string[], now: string[]): string {
  const first = changes[0] ?? { from: 0, to: 0, newFrom: 0, newTo: 0 };
  const last = changes.at(-1) ?? first;
  const from = Math.max(0, first.from - CONTEXT);
  const to = Math.min(old.length, last.to + CONTEXT);
  const body: string[] = [];
  let at = from;
  for (const change of changes) {
    body.push(...old.slice(at, change.from).map((line) => marked(' ', line)));
    body.push(...old.slice(change.from, change.to).map((line) => marked('-', line)));
    body.push(...now.slice(change.newFrom, change.newTo).map((line) => marked('+', line)));
    at = change.to;
  }
  body.push(...old.slice(at, to).map((line) => marked(' ', line)));
  const newFrom = first.newFrom - (first.from - from);
  const newTo = last.newTo + (to - last.to);
  return `@@ -${span(from, to)} +${span(newFrom, newTo)} @@\n${body.join('')}`;
}

function marked(mark: string, line: string): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}

/** An empty span is placed behind the line before it. */
function span(from: number, to: number): string {
  return `${to === from ? from : from + 1},${to - from}`;
}
