/** Longer texts are compared by their beginnings. */
const LONGEST = 400;

/** Counts of the two-letter pieces of a text, blanks and case aside. */
export type Pieces = Map<string, number>;

/** The pieces that `similarity` compares. */
export function piecesOf(text: string): Pieces {
  const plain = ` ${text.slice(0, LONGEST).toLowerCase().replace(/\s+/g, ' ').trim()} `;
  const pieces: Pieces = new Map();
  for (let at = 0; at + 1 < plain.length; at += 1) {
    const piece = plain.slice(at, at + 2);
    pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
  }
  return pieces;
}

/** How much two texts have in common, 0 to 1 (Dice's coefficient of their pieces). */
export function similarity(a: Pieces, b: Pieces): number {
  let common = 0;
  for (const [piece, count] of a) common += Math.min(count, b.get(piece) ?? 0);
  const total = sizeOf(a) + sizeOf(b);
  return total === 0 ? 1 : (2 * common) / total;
}

function sizeOf(pieces: Pieces): number {
  let size = 0;
  for (const count of pieces.values()) size += count;
  return size;
}
