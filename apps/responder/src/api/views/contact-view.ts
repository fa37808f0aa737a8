import type { ContactView } from '@tocsin/contract';
import type { Contact } from '#comms';
import { isoOrNull } from './iso.ts';

/** A person's own contact method, as they are shown it. */
export function contactView({ verifiedAt, codeUntil, ...contact }: Contact): ContactView {
  return { ...contact, verifiedAt: isoOrNull(verifiedAt), codeUntil: isoOrNull(codeUntil) };
}
