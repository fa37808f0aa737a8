import type { ExternalCallView } from '@tocsin/contract';
import type { Incident } from '#incidents';
import { iso } from './iso.ts';
import { actorView } from './names.ts';

type ExternalCall = NonNullable<Incident['external']>[number];

/** Somebody outside who is to be called, with all that the caller needs. */
export function externalView({ id, contact, dueAt, mail, called }: ExternalCall): ExternalCallView {
  const { name, level, phone = null, url = null, email = null, reference = null, say = null } = contact;
  return {
    id,
    name,
    level,
    phone,
    url,
    email,
    reference,
    say,
    dueAt: iso(dueAt),
    mail: mail === null ? null : { ...mail },
    called: called === null ? null : { at: iso(called.at), by: actorView(called.by), note: called.note },
  };
}
