/** Longer words are no names; the cap keeps the comparison cheap. */
const LONGEST = 64;

/** The known word that `word` is most likely a slip for: at most two letters away, and never most of it. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const furthest = Math.min(2, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = distanceBetween(word, candidate, furthest);
    if (distance <= furthest && distance < (best?.distance ?? Infinity)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** Letters added, left out, changed or swapped with their neighbour; anything above `furthest` counts as infinite. */
function distanceBetween(a: string, b: string, furthest: number): number {
  if (Math.abs(a.length - b.length) > furthest || Math.max(a.length, b.length) > LONGEST) return Infinity;
  let rows: Rows = { before: [], above: Array.from({ length: b.length + 1 }, (_, index) => index) };
  for (let i = 1; i <= a.length; i += 1) rows = { before: rows.above, above: nextRow(a, b, i, rows) };
  return rows.above.at(-1) ?? Infinity;
}

/** The two rows of the distance table above the one that is made. */
interface Rows {
  before: number[];
  above: number[];
}

function nextRow(a: string, b: string, i: number, { before, above }: Rows): number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const change = at(above, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const swap = isSwap ? at(before, j - 2) + 1 : Infinity;
    row.push(Math.min(at(above, j) + 1, at(row, j - 1) + 1, change, swap));
  }
  return row;
}

function at(row: number[], index: number): number {
  return row[index] ?? Infinity;
}
