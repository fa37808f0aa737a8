export { causeIds } from './diagnosis.ts';
export type { CauseId, Diagnosis } from './diagnosis.ts';
