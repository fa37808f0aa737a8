import { z } from 'zod';
import { incidentRoles } from './incident-roles.ts';
import { instant } from './instant.ts';

const line = z.string().trim().min(1).max(2000);

/** Bodies of the mutating routes. Unknown fields are errors: a typo must not pass silently. */
export const login = z.strictObject({ token: z.string().min(20).max(200) });
export const declare = z.strictObject({ severity: z.string().min(1).max(20), text: line });
export const note = z.strictObject({ text: line });
export const resolve = z.strictObject({
  note: line.nullable().default(null),
  /** Text of a checklist line -> the reason why it stays open. */
  waivers: z.record(z.string().max(500), line).default({}),
});
export const setSeverity = z.strictObject({ severity: z.string().min(1).max(20), reason: line });
/** `endAt`: null while it goes on. */
export const correctImpact = z.strictObject({ startAt: instant, endAt: instant.nullable(), reason: line });
/** `into`: id or number of the incident that goes on. */
export const merge = z.strictObject({ into: z.string().min(1).max(80), reason: line });
export const split = z.strictObject({ title: line, severity: z.string().min(1).max(20), reason: line });
/** `person`: id of who takes the role. */
export const assign = z.strictObject({
  role: z.enum(incidentRoles),
  person: z.string().min(1).max(80),
  reason: line,
});
/** `role`: id of a role of the runbook. */
export const callRole = z.strictObject({ role: z.string().min(1).max(80), reason: line });
export const snooze = z.strictObject({ minutes: z.int().min(1).max(1440), reason: line });
export const mitigated = z.strictObject({ reason: line });
/** `link`: where the text of the review is kept. */
export const reviewed = z.strictObject({
  note: line.nullable().default(null),
  link: z
    .url({ protocol: /^https?$/, error: 'expected an address that begins with https://' })
    .max(2000)
    .nullable()
    .default(null),
});
export const reopen = z.strictObject({ reason: line });
export const handsOff = z.strictObject({ on: z.boolean(), reason: line });
export const tick = z.strictObject({ text: z.string().min(1).max(500), because: line });
/** `call`: id of the external contact as the incident lists it; `note`: who called, and their ticket number. */
export const calledExternal = z.strictObject({ call: z.string().min(1).max(80), note: line });
export const approve = z.strictObject({
  bindingHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "expected the 64 hexadecimal digits of the step's bindingHash"),
});
export const overrideChecks = z.strictObject({ reason: line });
export const doneByHand = z.strictObject({ note: line });
/** `command`: one command as it is to run, by the rules of the runbook's fences. */
export const ask = z.strictObject({ command: line, reason: line });
export const cancel = z.strictObject({ reason: line });
export const deny = z.strictObject({ reason: line });
export const adoptRunbook = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'expected the 64 hexadecimal digits of the offered version'),
});
export const empty = z.strictObject({});

export const incidentQuery = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('all'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export type Declare = z.input<typeof declare>;
export type Resolve = z.input<typeof resolve>;
export type Reviewed = z.input<typeof reviewed>;
export type Assign = z.input<typeof assign>;
export type Split = z.input<typeof split>;
export type SetSeverity = z.input<typeof setSeverity>;
export type CorrectImpact = z.input<typeof correctImpact>;
export type IncidentState = z.infer<typeof incidentQuery>['state'];
