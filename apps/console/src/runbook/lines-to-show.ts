import type { RunbookProblem } from '@tocsin/contract';

/** A line of the text with what is wrong there, or a gap of lines that are left out. */
export type ShownLine =
  | { readonly line: number; readonly text: string; readonly problems: readonly RunbookProblem[] }
  | { readonly hidden: number; readonly from: number };

/** The text with its problems; with `context` only that many lines around each problem, null shows every line. Pure. */
export function linesToShow(
  markdown: string,
  problems: readonly RunbookProblem[],
  context: number | null,
): ShownLine[] {
  const texts = markdown.split(/\r?\n/);
  const byLine = Map.groupBy(problems, ({ line }) => Math.min(Math.max(line, 1), texts.length));
  const near = (line: number): boolean =>
    context === null || [...byLine.keys()].some((at) => Math.abs(at - line) <= context);
  const shown: ShownLine[] = [];
  for (const [index, text] of texts.entries()) {
    const line = index + 1;
    const last = shown.at(-1);
    if (near(line)) shown.push({ line, text, problems: byLine.get(line) ?? [] });
    else if (last !== undefined && 'hidden' in last)
      shown[shown.length - 1] = { ...last, hidden: last.hidden + 1 };
    else shown.push({ hidden: 1, from: line });
  }
  return shown;
}
