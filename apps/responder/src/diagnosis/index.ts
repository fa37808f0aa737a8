export { diagnose } from './diagnose.ts';
export { causeIds } from './diagnosis.ts';
export type { CauseId, Diagnosis } from './diagnosis.ts';
