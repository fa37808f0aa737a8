import type { DrillSpec } from './drill-spec.ts';
import { controlDrills } from './specs/controls.ts';
import { dependencyDrills } from './specs/dependencies.ts';
import { mistakeDrills } from './specs/mistakes.ts';
import { nodeDrills } from './specs/nodes.ts';
import { releaseDrills } from './specs/releases.ts';

/** Every drill: one for each fault of the sandbox, and the harmless events that must stay silent. */
export const drills: readonly DrillSpec[] = [
  ...nodeDrills,
  ...releaseDrills,
  ...mistakeDrills,
  ...dependencyDrills,
  ...controlDrills,
];

/** The bar of the product for a fault that harms at once, counted from the injection. */
export const limitsMs = { detected: 5000, paged: 6000, evidence: 15_000 } as const;
