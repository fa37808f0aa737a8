export type * from './assessment.ts';
export { assess } from './assess/assess.ts';
export { emptyMemory, type AssessMemory } from './assess/memory.ts';
export { createDetection, type Detection, type DetectionOptions } from './create-detection.ts';
export { thresholdsOf, type SeverityRank, type Thresholds } from './thresholds.ts';
export { watchedService } from './watched-service.ts';
