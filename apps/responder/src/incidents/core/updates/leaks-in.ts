import type { Incident } from '../incident.ts';
import { findLeaks } from './find-leaks.ts';
import { hiddenFrom } from './hidden-from.ts';
import type { InternalNames, Leak } from './leak.ts';
import { isOutside, type UpdateAudience } from './update.ts';

/** What a text would tell its audience that stays inside; to an audience inside it may tell everything. */
export function leaksIn(
  { audience, body }: { readonly audience: UpdateAudience; readonly body: string },
  incident: Pick<Incident, 'affectedTenants'>,
  names?: InternalNames,
): readonly Leak[] {
  return isOutside(audience) ? findLeaks(body, hiddenFrom(audience, incident, names)) : [];
}
