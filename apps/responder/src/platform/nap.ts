/** A sleep that can be cut short; a wake that comes while awake makes the next sleep end at once. */
export class Nap {
  #wished = true;
  #stirred = false;
  #end: (() => void) | null = null;

  wake(): void {
    this.#wished = true;
    this.#end?.();
  }

  /** Ends the sleep, or the next one, without a wish. */
  stir(): void {
    this.#stirred = true;
    this.#end?.();
  }

  /** Whether somebody asked to be looked after since the last call. */
  takeWish(): boolean {
    const wished = this.#wished;
    this.#wished = false;
    return wished;
  }

  /** Answers whether it lasted as long as was asked for. */
  sleep(ms: number): Promise<boolean> {
    const stirred = this.#stirred;
    this.#stirred = false;
    if (ms <= 0 || this.#wished || stirred) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#end = null;
        this.#stirred = false;
        resolve(false);
      };
      const timer = setTimeout(() => {
        this.#end = null;
        resolve(true);
      }, ms);
      this.#end = end;
    });
  }
}
