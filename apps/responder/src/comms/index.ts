export { createComms, type Comms, type CommsOptions } from './create-comms.ts';
export type { Notice } from './notices/enqueue-notice.ts';
export type { PageCommand } from './enqueue-page.ts';
export type { InboxMessage } from './inbox/read-inbox.ts';
