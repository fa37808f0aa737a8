export { createSteps, type Steps, type StepsOptions } from './create-steps.ts';
export type { EvidenceRecord } from './evidence/keep-evidence.ts';
export type { LiveOutput } from './live-outputs.ts';
export type { ConnectionUse } from './live-view.ts';
export type { StepsCommand } from './jobs/job.ts';
export type { StepsCluster, StepsIncidents, StepsPlans, StepsProbe, StepsService } from './ports.ts';
export { redact } from './redact.ts';
