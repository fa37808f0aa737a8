/** Runs the last work that was asked for under a key, after a pause; asking again drops what was asked before. */
export class Latest {
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  ask(key: string, pauseMs: number, work: () => void): void {
    this.drop(key);
    this.#waiting.set(
      key,
      setTimeout(() => {
        this.#waiting.delete(key);
        work();
      }, pauseMs),
    );
  }

  drop(key: string): void {
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
  }
}
