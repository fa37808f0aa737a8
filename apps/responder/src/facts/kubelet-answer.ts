import type { EpochMs } from './epoch-ms.ts';

/** Whether a node's kubelet gave the log of a pod when the API server asked it for one: a dead machine gives none. */
export interface KubeletAnswer {
  readonly at: EpochMs;
  readonly node: string;
  readonly answered: boolean;
  readonly durationMs: number;
}
