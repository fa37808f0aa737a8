import type { TeamFault } from '@tocsin/contract';
import type { ExternalContact } from '#oncall';

/** External contacts that are to be sent a message where no mail server is configured, each with its place and what was expected. */
export function withoutMail(
  external: readonly ExternalContact[],
  hasMailServer: boolean,
): readonly TeamFault[] {
  const message = 'expected false, or channels.email to be configured';
  return external.flatMap((one, index) =>
    one.send && !hasMailServer ? [{ path: ['external', index, 'send'], message }] : [],
  );
}
