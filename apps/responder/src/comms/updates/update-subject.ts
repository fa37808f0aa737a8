import { isOutside, type UpdateAudience, type UpdateStatus } from '#incidents';
import { english } from './templates/english.ts';
import { german } from './templates/german.ts';
import type { Language, Wording } from './templates/wording.ts';

const wordings: Readonly<Record<Language, Wording>> = { en: english, de: german };

/** The subject of an update: outside the service and how it stands, inside the severity and the number too. */
export function updateSubject(about: {
  readonly audience: UpdateAudience;
  readonly status: UpdateStatus;
  readonly language: Language;
  readonly service: string;
  readonly number: number;
  readonly severity: string;
  readonly drill: boolean;
}): string {
  const drill = about.drill ? 'DRILL ' : '';
  const said = `${about.service}: ${wordings[about.language].statuses[about.status]}`;
  return isOutside(about.audience)
    ? `${drill}${said}`
    : `${drill}[${about.severity}] #${about.number} ${said}`;
}
