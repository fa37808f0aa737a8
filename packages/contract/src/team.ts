import { z } from 'zod';
import { approvalPolicy } from './approval-policy.ts';
import { checkTeam } from './check-team.ts';
import { contactRule } from './contact-rule.ts';
import { contactMethod } from './contact.ts';
import { externalContact } from './external-contact.ts';
import { roles } from './person.ts';
import { absence, idOfTeam, override, schedule, storedSchedule, zone } from './schedule.ts';

/** A person who may act, and how they are reached. */
export const teamPerson = z.strictObject({
  id: idOfTeam,
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles),
  contacts: z.array(contactMethod).min(1, 'at least one way to be reached'),
  /** When each contact method has its turn; absent: all at once. */
  rules: z.array(contactRule).optional(),
  /** Who they are on the cluster: with `impersonate` of the configuration, what they approve runs with their rights. */
  clusterUser: z.string().min(1).max(200).optional(),
  /** A person played by a drill. */
  drill: z.boolean().default(false),
});

/** When the readiness of the team is looked at, and who is told what is missing. */
const readiness = z.strictObject({
  owner: idOfTeam,
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as 09:00')
    .default('09:00'),
  zone: zone.default('UTC'),
});

/** The parts of a team; the configuration file of the responder has them too. */
export const teamParts = {
  people: z.array(teamPerson).min(1, 'at least one person to wake'),
  schedules: z.array(schedule).default([]),
  /** Escalation level number, or role of the document -> ids of people and schedules, the first is called first. */
  onCall: z.record(z.string().min(1).max(100), z.array(idOfTeam)),
  overrides: z.array(override).default([]),
  away: z.array(absence).default([]),
  readiness: readiness.optional(),
  approvals: approvalPolicy.optional(),
  /** Who outside is called at which level. */
  external: z.array(externalContact).optional(),
};

/** People, schedules, and who is called at which level: the document that `tocsin apply` takes. */
export const teamDocument = z.strictObject(teamParts).superRefine((team, context) => {
  for (const { path, message } of checkTeam(team))
    context.addIssue({ code: 'custom', path: [...path], message });
});
export type TeamDocument = z.output<typeof teamDocument>;
export type TeamDraft = z.input<typeof teamDocument>;

/** A team as it was stored, by this release or an older one: read also where it would no longer be taken. */
export const storedTeam = z.strictObject({
  ...teamParts,
  schedules: z.array(storedSchedule).default([]),
  readiness: readiness.extend({ zone: z.string() }).optional(),
});
