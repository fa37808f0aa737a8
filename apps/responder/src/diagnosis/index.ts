export { diagnose } from './diagnose.ts';
export type { CauseId, Diagnosis } from './diagnosis.ts';
