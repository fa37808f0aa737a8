import { type DrillSpec, outage } from '../drill-spec.ts';

/** Machines and single processes that fail. */
export const nodeDrills: readonly DrillSpec[] = [
  outage({
    name: 'node-failure',
    title: 'A node freezes: its processes stop answering, connections to them hang',
    fault: 'node-frozen',
    expected: { severity: 'P0', causes: [{ id: 'node-failure' }], tenants: 'all' },
    healsByItself: true,
  }),
  outage({
    name: 'node-lost',
    title: 'A node is gone: packets to it vanish',
    expected: { severity: 'P0', causes: [{ id: 'node-failure' }], tenants: 'all' },
    healsByItself: true,
  }),
  outage({
    name: 'kubelet-dead',
    title: 'A kubelet has died: its containers serve on, Kubernetes gives the node up after 50 s',
    expected: { severity: null, alsoDefensible: ['P2'], causes: [{ id: 'node-failure' }] },
    harmsAtOnce: false,
    watchMs: 80_000,
  }),
  outage({
    name: 'pod-frozen',
    title: 'One process hangs: a third of the requests hang, its node is well',
    resolution: 'either',
    expected: {
      severity: 'P0',
      alsoDefensible: ['P1'],
      causes: [],
      alsoNamed: ['readiness-failing', 'liveness-too-eager'],
      tenants: 'all',
    },
    healsByItself: true,
    watchMs: 40_000,
  }),
  outage({
    name: 'pod-killed',
    title: 'One process is killed once and started again: hardly a request fails',
    expected: { severity: null, alsoDefensible: ['P2', 'P1', 'P0'], causes: [], alsoNamed: ['crash-loop'] },
    harmsAtOnce: false,
    healsByItself: true,
  }),
];
