export type * from './assessment.ts';
export { assess } from './assess/assess.ts';
export { emptyMemory, type AssessMemory } from './assess/memory.ts';
export { thresholdsOf, type SeverityRank, type Thresholds } from './thresholds.ts';
