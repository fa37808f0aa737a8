/** A promise that did not hold; `invariant` is its name in docs/guarantees.md. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly invariant: string;

  constructor(invariant: string, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}

/** Throws unless `holds`. */
export function promise(invariant: string, holds: boolean, message: () => string): void {
  if (!holds) throw new Broken(invariant, message());
}
