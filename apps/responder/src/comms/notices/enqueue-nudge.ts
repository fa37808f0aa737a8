import type { Command } from '#incidents';
import type { Person } from '#oncall';
import type { Transaction } from '#platform';
import { enqueueNotice } from './enqueue-notice.ts';

export type NudgeCommand = Extract<Command, { kind: 'nudge' }>;

/** Stores the messages of a nudge, in the transaction that decided it: a notice that says which incident it is about. */
export function enqueueNudge(
  tx: Transaction,
  incidentId: string,
  command: NudgeCommand,
  about: { readonly people: readonly Person[]; readonly publicUrl: string | null },
): Promise<void> {
  const { id, person, subject } = command;
  const text = `${command.text}\n\n${whereToLook(incidentId, about.publicUrl)}`;
  return enqueueNotice(tx, { id, person, subject, text }, about.people);
}

function whereToLook(incidentId: string, publicUrl: string | null): string {
  const command = `tocsin incident show ${incidentId}`;
  return publicUrl === null
    ? command
    : `${publicUrl.replace(/\/$/, '')}/incidents/${incidentId}\nOr: ${command}`;
}
