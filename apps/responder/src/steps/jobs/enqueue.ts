import { newId, type Transaction } from '#platform';
import { jobsChannel, type StepsCommand } from './job.ts';

/** Stores a command as job rows in the transaction that decided it; the workers are told after the commit. */
export async function enqueue(tx: Transaction, incidentId: string, command: StepsCommand): Promise<void> {
  for (const payload of payloadsOf(command))
    await tx.query(
      `insert into jobs (id, incident_id, kind, payload, due_at)
       values ($1, $2, $3, $4, clock_timestamp())`,
      [newId('job'), incidentId, command.kind, JSON.stringify(payload)],
    );
  tx.tell(jobsChannel, incidentId);
}

function payloadsOf(command: StepsCommand): readonly Readonly<Record<string, unknown>>[] {
  switch (command.kind) {
    case 'gather-evidence':
      return command.actionIds.map((actionId) => ({ actionId }));
    case 'prepare-steps':
      return [{ actionIds: command.actionIds, diagnosis: command.diagnosis }];
    case 'prepare-undo':
      return [{ stepId: command.stepId, requestedBy: command.requestedBy }];
    case 'prepare-asked':
      return [{ actionId: command.actionId, requestedBy: command.requestedBy }];
    case 'run-step':
      return [{ stepId: command.stepId }];
    case 'smoke-test':
      return [{}];
    default:
      return command satisfies never;
  }
}
