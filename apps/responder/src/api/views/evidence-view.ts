import type { EvidenceDetail, EvidenceSummaryView } from '@tocsin/contract';
import type { EvidenceSummary } from '#incidents';
import type { EvidenceRecord } from '#steps';
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

/** One record with its text; `label` is the document's name for the read. */
export function evidenceDetail(evidence: EvidenceRecord, label: string): EvidenceDetail {
  const bytes = Buffer.byteLength(evidence.stdout) + evidence.droppedBytes;
  return {
    ...evidenceSummary({ ...evidence, label, bytes }),
    exitCode: evidence.exitCode,
    stdout: evidence.stdout,
    stderr: evidence.stderr,
    droppedBytes: evidence.droppedBytes,
  };
}
