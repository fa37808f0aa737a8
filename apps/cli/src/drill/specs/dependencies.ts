import { type DrillSpec, outage } from '../drill-spec.ts';

const postgres = 'statefulset/postgres';

/** The database, the cache, and the data in them. */
export const dependencyDrills: readonly DrillSpec[] = [
  outage({
    name: 'redis-down',
    title: 'The cache is gone; the API reads from the database instead',
    expected: { severity: null, alsoDefensible: ['P2'], causes: [{ id: 'dependency-down' }] },
    harmsAtOnce: false,
    watchMs: 40_000,
  }),
  outage({
    name: 'database-down',
    title: 'PostgreSQL gets a setting that it refuses to start with',
    tries: ['restart-database'],
    resolution: 'none',
    expected: { severity: 'P0', causes: [{ id: 'dependency-down', subject: postgres }], tenants: 'all' },
    watchMs: 45_000,
  }),
  outage({
    name: 'database-connections-taken',
    title: 'A report takes every free database connection',
    expected: {
      severity: 'P0',
      alsoDefensible: ['P1', 'P2', 'notice'],
      causes: [{ id: 'database-connection-exhaustion', subject: postgres }],
    },
    harmsAtOnce: false,
    watchMs: 60_000,
  }),
  outage({
    name: 'database-lock-held',
    title: 'A report locks the tables; queries wait',
    resolution: 'none',
    tries: ['end-idle-sessions', 'restart-database'],
    expected: {
      severity: 'P0',
      alsoDefensible: ['P1'],
      causes: [{ id: 'dependency-slow', subject: postgres }],
      tenants: 'all',
    },
    watchMs: 45_000,
  }),
  outage({
    name: 'database-slow',
    title: 'PostgreSQL gets an eighth of its time: everything is answered late',
    expected: {
      severity: 'P1',
      alsoDefensible: ['P0'],
      causes: [{ id: 'dependency-slow', subject: postgres }],
    },
    harmsAtOnce: false,
    watchMs: 60_000,
  }),
  outage({
    name: 'tenant-poison',
    title: 'A record of one tenant that the API cannot read back',
    resolution: 'none',
    target: { tenant: 't1' },
    expected: { severity: 'P2', causes: [{ id: 'tenant-errors' }], tenants: ['t1'] },
  }),
  outage({
    name: 'two-at-once',
    title: 'The cache goes down and a release leaks memory',
    expected: {
      severity: 'P0',
      alsoDefensible: ['P1'],
      causes: [
        { id: 'memory-exhaustion', subject: 'deployment/multitenant-api' },
        { id: 'dependency-down', subject: 'deployment/redis' },
      ],
      tenants: 'all',
    },
    harmsAtOnce: false,
    holdAtLeastMs: 60_000,
    watchMs: 75_000,
  }),
];
