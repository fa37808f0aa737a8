export type { AdoptPolicy } from './decide-adoption.ts';
export { openRunbook, type Runbook } from './open-runbook.ts';
export type {
  RunbookDocument,
  RunbookState,
  RunbookVersion,
  VersionStatus,
  VersionSummary,
} from './runbook-version.ts';
