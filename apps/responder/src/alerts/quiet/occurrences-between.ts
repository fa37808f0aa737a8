import type { EpochMs } from '#facts';
import type { MaintenanceConfig } from '../intake-config.ts';
import { maintenanceAt } from './maintenance.ts';

/** One time that a maintenance window of the whole service is, or was, on. */
export interface MaintenanceOccurrence {
  readonly name: string;
  /** What the public is told that it is. */
  readonly title: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
}

/** Every occurrence of whole-service windows that overlaps the time between two instants, in the order of their starts. */
export function occurrencesBetween(
  windows: readonly MaintenanceConfig[],
  from: EpochMs,
  to: EpochMs,
): readonly MaintenanceOccurrence[] {
  const found = windows.flatMap((window) => {
    const occurrences: MaintenanceOccurrence[] = [];
    let at = from;
    while (at < to) {
      const [next] = maintenanceAt([window], at);
      const { name, startsAt, endsAt, wholeService } = next ?? noWindow;
      if (!wholeService || startsAt === null || endsAt === null || startsAt >= to) break;
      occurrences.push({ name, title: window.title ?? name, startsAt, endsAt });
      at = endsAt;
    }
    return occurrences;
  });
  return found.toSorted((a, b) => a.startsAt - b.startsAt);
}

const noWindow = { name: '', startsAt: null, endsAt: null, wholeService: false };
