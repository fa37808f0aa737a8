import type { ExternalContact } from '#oncall';

/** The first external contact that is to be sent a message where no mail server is configured, and what was expected; null: none. */
export function whyNoMail(external: readonly ExternalContact[], hasMailServer: boolean): string | null {
  const first = hasMailServer ? undefined : external.find((one) => one.send);
  return first === undefined
    ? null
    : `external.${first.id}: send true; expected false, or channels.email to be configured`;
}
