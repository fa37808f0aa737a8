import type { EvidenceDetail, EvidenceSummaryView } from '@tocsin/contract';
import type { EvidenceSummary } from '#incidents';
import type { StoredEvidence } from '../api-ports.ts';
import { iso } from './iso.ts';

export function evidenceSummary(evidence: EvidenceSummary): EvidenceSummaryView {
  return {
    id: evidence.id,
    actionId: evidence.actionId,
    label: evidence.label,
    command: evidence.command,
    mode: evidence.mode,
    outcome: evidence.outcome,
    reason: evidence.reason,
    startedAt: iso(evidence.startedAt),
    endedAt: iso(evidence.endedAt),
    durationMs: evidence.endedAt - evidence.startedAt,
    bytes: evidence.bytes,
  };
}

export function evidenceDetail(evidence: StoredEvidence): EvidenceDetail {
  return {
    ...evidenceSummary(evidence),
    exitCode: evidence.exitCode,
    stdout: evidence.stdout,
    stderr: evidence.stderr,
    droppedBytes: evidence.droppedBytes,
  };
}
