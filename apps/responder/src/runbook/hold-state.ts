import type { RunbookOptions } from './runbook-options.ts';
import type { RunbookState } from './runbook-version.ts';
import { readMark, readState } from './store/read-versions.ts';

/** The rows of the runbook's versions as this responder last read them. */
export interface HeldState {
  now(): RunbookState;
  /** Reads the rows again when they have changed. Calls run one after the other: no older answer overwrites a newer one. */
  refresh(): Promise<void>;
  setUnreadable(reason: string | null): void;
  onChange(hear: () => void): () => void;
}

export function holdState(options: RunbookOptions, first: RunbookState): HeldState {
  const { db, serviceId, log } = options;
  const hears = new Set<() => void>();
  let state = first;
  let mark = '';
  let last: Promise<void> = Promise.resolve();

  const set = (next: RunbookState): void => {
    const isNew = next.inUse.hash !== state.inUse.hash;
    state = next;
    if (isNew) {
      const { hash, takenBy, because, document } = next.inUse;
      log.info({ hash, by: takenBy?.id }, `runbook: a new version is in use: ${because}`);
      options.onPlan(document.plan);
    }
    for (const hear of hears) hear();
  };
  const readAgain = async (): Promise<void> => {
    const found = await readMark(db, serviceId);
    if (found === mark) return;
    const { inUse, standing } = await readState(db, serviceId);
    mark = found;
    if (inUse !== null) set({ ...state, inUse, standing });
  };

  return {
    now: () => state,
    refresh: () => {
      last = last.catch(() => {}).then(readAgain);
      return last;
    },
    setUnreadable: (unreadable) => {
      if (unreadable === state.unreadable) return;
      if (unreadable !== null) log.error(`runbook: ${unreadable}; the version in use stays`);
      set({ ...state, unreadable });
    },
    onChange: (hear) => {
      hears.add(hear);
      return () => hears.delete(hear);
    },
  };
}
