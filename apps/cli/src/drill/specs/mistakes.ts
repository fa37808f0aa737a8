import { type DrillSpec, outage } from '../drill-spec.ts';

const everybody = (id: string) => ({ severity: 'P0', causes: [{ id }], tenants: 'all' as const });

/** Mistakes in objects of the cluster. */
export const mistakeDrills: readonly DrillSpec[] = [
  outage({
    name: 'scaled-to-zero',
    title: 'Somebody scales the API to 0',
    resolution: 'none',
    expected: everybody('scaled-to-zero'),
  }),
  outage({
    name: 'selector-wrong',
    title: 'The Service selects labels that no pod has',
    resolution: 'none',
    expected: everybody('selector-mismatch'),
  }),
  outage({
    name: 'port-wrong',
    title: 'The Service sends to a port that nobody listens on',
    resolution: 'none',
    expected: everybody('port-mismatch'),
  }),
  outage({
    name: 'quota-exceeded',
    title: 'A quota leaves no room for the pods that have to be made again',
    resolution: 'none',
    expected: everybody('quota-exceeded'),
  }),
  outage({
    name: 'partition-policy',
    title: 'A NetworkPolicy forgets the database',
    expected: everybody('network-partition'),
  }),
  outage({
    name: 'partition-zone',
    title: 'The zone of the database is cut off from the others',
    resolution: 'none',
    expected: {
      severity: 'P0',
      alsoDefensible: ['P1'],
      causes: [{ id: 'network-partition', subject: 'service/postgres-service' }],
      tenants: 'all',
    },
    watchMs: 45_000,
  }),
];
