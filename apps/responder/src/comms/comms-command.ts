import type { Command, SunkCommand } from '#incidents';

const kinds = ['page', 'nudge', 'remind', 'send-update', 'mail-external'] as const;

/** What incidents have us say: a page wakes, nudges and reminders tell who answers, updates and mail tell others. */
export type CommsCommand = Extract<Command, { kind: (typeof kinds)[number] }>;

/** True for what is to be said; everything else is to be done. */
export function isCommsCommand(command: SunkCommand): command is CommsCommand {
  return kinds.some((one) => one === command.kind);
}
