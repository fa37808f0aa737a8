export { startMailbox, type Mailbox, type MailboxOptions } from './start-mailbox.ts';
export type { MailFault, MailFaultMode } from './mail-fault.ts';
export type { ReceivedMessage } from './message-store.ts';
