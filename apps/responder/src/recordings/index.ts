export { conclude, type Conclusion } from './conclude.ts';
export { type Judged, printReport, printSummary } from './print-replay.ts';
export { readRecording } from './read-recording.ts';
export { RecordingError } from './recording-error.ts';
export { findRecordings, type RecordingFiles } from './recording-files.ts';
export type { Recording } from './recording.ts';
export { replayFacts } from './replay-facts.ts';
export { reportOf } from './replay-report.ts';
export { readExpectation, scoreReplay } from './score-replay.ts';
