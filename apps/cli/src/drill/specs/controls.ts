import { control, type DrillSpec } from '../drill-spec.ts';

/** Harmless events: whoever pages for one of these cries wolf. */
export const controlDrills: readonly DrillSpec[] = [
  control({
    name: 'rollout',
    title: 'The same release is rolled out again, pod by pod',
    fault: 'control:rollout',
    watchMs: 60_000,
  }),
  control({
    name: 'planned-drain',
    title: 'A node is cordoned and drained as the disruption budget allows',
    fault: 'control:planned-drain',
    watchMs: 60_000,
  }),
  control({
    name: 'scaling',
    title: 'The API is scaled to 5 replicas and back to 3',
    fault: 'control:scaling',
    watchMs: 45_000,
  }),
  control({
    name: 'node-flap',
    title: 'A kubelet is away for 15 s',
    fault: 'control:node-flap',
    watchMs: 45_000,
  }),
  control({
    name: 'held-drain',
    title: 'A drain is held back by the disruption budget and waits',
    fault: 'control:held-drain',
    watchMs: 40_000,
  }),
  control({
    name: 'job-elsewhere',
    title: 'A job in another namespace fails, and one ends well',
    fault: 'control:job-elsewhere',
    watchMs: 40_000,
  }),
];
