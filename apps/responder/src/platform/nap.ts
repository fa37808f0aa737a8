/** A sleep that can be cut short; a wake that comes while awake makes the next sleep end at once. */
export class Nap {
  #wished = true;
  #end: (() => void) | null = null;

  wake(): void {
    this.#wished = true;
    this.#end?.();
  }

  /** Whether somebody asked to be looked after since the last call. */
  takeWish(): boolean {
    const wished = this.#wished;
    this.#wished = false;
    return wished;
  }

  sleep(ms: number): Promise<void> {
    if (ms <= 0 || this.#wished) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#end = null;
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#end = end;
    });
  }
}
