import { type DrillSpec, outage } from '../drill-spec.ts';

const everybody = (id: string) => ({ severity: 'P0', causes: [{ id }], tenants: 'all' as const });

/** Bad releases, rolled out with strategy Recreate. */
export const releaseDrills: readonly DrillSpec[] = [
  outage({
    name: 'crash-loop',
    title: 'A release with a mistyped start command',
    expected: everybody('crash-loop'),
  }),
  outage({
    name: 'secret-missing',
    title: 'A release that reads a Secret which does not exist',
    expected: everybody('config-missing'),
  }),
  outage({
    name: 'image-missing',
    title: 'A release whose image nobody has pushed',
    expected: everybody('image-pull-failure'),
  }),
  outage({
    name: 'readiness-failing',
    title: 'A release whose readiness path answers 404',
    expected: everybody('readiness-failing'),
  }),
  outage({
    name: 'liveness-too-eager',
    title: 'A release whose liveness probe gives it no time to start',
    expected: { ...everybody('liveness-too-eager'), alsoDefensible: ['P1'] },
  }),
  outage({
    name: 'unschedulable',
    title: 'A release that asks for a node which does not exist',
    expected: everybody('unschedulable'),
  }),
  outage({
    name: 'memory-leak',
    title: 'A release that leaks memory until it is killed at its limit',
    expected: { ...everybody('memory-exhaustion'), alsoDefensible: ['P1'] },
    harmsAtOnce: false,
    holdAtLeastMs: 60_000,
    watchMs: 75_000,
  }),
  outage({
    name: 'connection-leak',
    title: 'A release that leaks database connections until none is left',
    resolution: 'either',
    expected: {
      severity: 'P0',
      causes: [{ id: 'database-connection-exhaustion', subject: 'statefulset/postgres' }],
      tenants: 'all',
    },
    harmsAtOnce: false,
    holdAtLeastMs: 60_000,
    watchMs: 90_000,
  }),
];
