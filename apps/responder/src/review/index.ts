export { measureImpact, type TenantLoss } from './measure-impact.ts';
export { measureTimes, type Span } from './measure-times.ts';
export { suggestRunbookChanges, type Suggestion } from './suggest-runbook-changes.ts';
export { writeReview, type ReviewInput } from './write-review.ts';
