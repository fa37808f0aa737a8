export type { ContainerRecord } from './container-record.ts';
export { findProgram, imageTable, type ImageTable, type ResolvedImage } from './images.ts';
export { Kubelet, type KubeletOptions } from './kubelet.ts';
export { sweepLeftovers } from './leftovers.ts';
export { LogBuffer, type LogLine } from './log-buffer.ts';
export type { NodeIdentity } from './node-object.ts';
export { PodWorker } from './pod-worker.ts';
export { listProcesses, signalTree, treeOf } from './process-tree.ts';
export { readLog, type ReadLogOptions } from './read-log.ts';
