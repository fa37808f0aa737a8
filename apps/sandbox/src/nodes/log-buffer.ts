/** One line that a container wrote. */
export interface LogLine {
  /** RFC 3339 with milliseconds, the time of writing. */
  at: string;
  text: string;
}

const DEFAULT_CAPACITY = 4_000;

/** The last lines of one run of a container, oldest first. Partial lines wait for their end. */
export class LogBuffer {
  readonly #capacity: number;
  readonly #lines: LogLine[] = [];
  readonly #followers = new Set<(line: LogLine) => void>();
  readonly #onEnd = new Set<() => void>();
  readonly #partial = new Map<string, string>();
  #ended = false;

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** True once the run is over and no line can follow. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Adds output of one stream; `stream` keeps the halves of stdout and stderr apart. */
  write(stream: string, chunk: string, at: string): void {
    const parts = ((this.#partial.get(stream) ?? '') + chunk).split('\n');
    this.#partial.set(stream, parts.pop() ?? '');
    for (const text of parts) this.#push({ at, text });
  }

  /** Ends the run: an unfinished line counts as a line, followers are told. */
  end(at: string): void {
    if (this.#ended) return;
    for (const text of this.#partial.values()) if (text !== '') this.#push({ at, text });
    this.#partial.clear();
    this.#ended = true;
    for (const listener of this.#onEnd) listener();
  }

  lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Calls back for each further line and at the end. Returns the function that stops it. */
  follow(onLine: (line: LogLine) => void, onEnd: () => void): () => void {
    this.#followers.add(onLine);
    this.#onEnd.add(onEnd);
    return () => {
      this.#followers.delete(onLine);
      this.#onEnd.delete(onEnd);
    };
  }

  #push(line: LogLine): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#capacity) this.#lines.splice(0, this.#lines.length - this.#capacity);
    for (const follower of this.#followers) follower(line);
  }
}
