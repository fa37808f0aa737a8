export type * from './cluster-facts.ts';
export type * from './direct-read.ts';
export type * from './epoch-ms.ts';
export type * from './facts.ts';
export type * from './log-signature.ts';
export type * from './probe-sample.ts';
export type * from './request-metrics.ts';
export { selects, servicePods } from './service-pods.ts';
