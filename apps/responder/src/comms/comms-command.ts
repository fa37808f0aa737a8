import type { Command, SunkCommand } from '#incidents';

/** What incidents have us say: a page wakes, an update informs, a reminder does neither to anybody else. */
export type CommsCommand = Extract<Command, { kind: 'page' | 'send-update' | 'remind' }>;

/** True for what is to be said; everything else is to be done. */
export function isCommsCommand(command: SunkCommand): command is CommsCommand {
  return command.kind === 'page' || command.kind === 'send-update' || command.kind === 'remind';
}
