/** A door that frozen work waits at: closed while a node is frozen, open otherwise. */
export class Gate {
  #open = true;
  #opened: PromiseWithResolvers<void> = Promise.withResolvers<void>();

  constructor() {
    this.#opened.resolve();
  }

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#opened = Promise.withResolvers<void>();
  }

  open(): void {
    this.#open = true;
    this.#opened.resolve();
  }

  /** Resolves at once when open, else when it opens. */
  whenOpen(): Promise<void> {
    return this.#opened.promise;
  }
}
