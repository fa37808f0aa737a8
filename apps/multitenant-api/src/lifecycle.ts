/** Where the process stands: `starting` until the database is prepared, `serving`, `draining` after it was told to stop. */
export type Stage = 'starting' | 'serving' | 'draining';

/** The one mutable fact that routes and start-up share. It never leaves `draining`. */
export class Lifecycle {
  #stage: Stage = 'starting';

  get stage(): Stage {
    return this.#stage;
  }

  prepared(): void {
    if (this.#stage === 'starting') this.#stage = 'serving';
  }

  drain(): void {
    this.#stage = 'draining';
  }
}
