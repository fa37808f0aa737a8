/** A browser that wakes a person, as its team knows it. */
export interface Device {
  readonly id: string;
  readonly person: string;
  /** Since when its push service takes nothing for it any more; null while it does. Epoch milliseconds. */
  readonly goneAt: number | null;
}
