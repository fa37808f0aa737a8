import { badReleases } from './bad-releases.ts';
import { databaseSlow } from './database-slow.ts';
import type { FaultKind } from './fault-kind.ts';
import { kubeletDead } from './kubelet-dead.ts';
import { mistakes } from './mistakes.ts';
import { nodeFrozen } from './node-frozen.ts';
import { nodeLost } from './node-lost.ts';
import { otherClients } from './other-client.ts';
import { policyPartition, zoneCut } from './partitions.ts';
import { podFrozen } from './pod-frozen.ts';
import { podKilled } from './pod-killed.ts';
import { quotaExceeded } from './quota-exceeded.ts';
import { tenantPoison } from './tenant-poison.ts';
import { together } from './two-at-once.ts';

const SINGLE: readonly FaultKind[] = [
  nodeFrozen,
  nodeLost,
  kubeletDead,
  podFrozen,
  podKilled,
  ...badReleases,
  ...mistakes,
  quotaExceeded,
  ...otherClients,
  databaseSlow,
  tenantPoison,
  policyPartition,
  zoneCut,
];

const named = (...kinds: string[]): FaultKind[] => SINGLE.filter(({ kind }) => kinds.includes(kind));

/** Every fault of the sandbox. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...SINGLE,
  together(
    'two-at-once',
    'The cache goes down and a release leaks memory, at the same time.',
    named('redis-down', 'memory-leak'),
  ),
];
