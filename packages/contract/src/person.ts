import { z } from 'zod';

/** Roles, weakest first: each may do all that the ones before it may. */
export const roles = ['viewer', 'responder', 'approver', 'admin'] as const;

export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Who is asking, as the session or token says. */
export const me = z.object({
  id: z.string(),
  name: z.string(),
  role,
  /** A person played by a drill. */
  drill: z.boolean(),
  /** How the request proved it. */
  via: z.enum(['session', 'token']),
});
export type Me = z.infer<typeof me>;

/** Who did something: a person in the console, a person's API token, or a part of Tocsin. */
export const actorView = z.object({
  kind: z.enum(['user', 'token', 'system']),
  id: z.string(),
  name: z.string(),
});
export type ActorView = z.infer<typeof actorView>;
