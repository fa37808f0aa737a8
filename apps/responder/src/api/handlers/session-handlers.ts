import type { Me } from '@tocsin/contract';
import { personById } from '#oncall';
import { AppError } from '#platform';
import type { Caller } from '../caller.ts';
import type { Context, Handlers } from '../handler.ts';
import { createLoginLink, redeemLoginLink } from '../login-link.ts';
import { endSession, sessionCookie, sessionDays, startSession } from '../session.ts';

function show({ person, via }: Caller): Me {
  return { id: person.id, name: person.name, role: person.role, drill: person.drill, via };
}

function cookieOptions({ options }: Context) {
  const secure = options.publicUrl.startsWith('https:');
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
}

export const sessionHandlers = {
  login: async (context, { body, reply }) => {
    const { database, people } = context.ports;
    // One transaction: a crash in between must not use the link up without a session.
    const { personId, token } = await database.transact(async (tx) => {
      const redeemed = await redeemLoginLink(tx, body.token);
      return { personId: redeemed, token: await startSession(tx, redeemed) };
    });
    const person = personById(people(), personId);
    if (person === null)
      throw new AppError(
        'gone',
        `token: it was made for "${personId}", who is not in the configuration any more`,
      );
    reply.setCookie(sessionCookie, token, { ...cookieOptions(context), maxAge: sessionDays * 86_400 });
    return show({ person, via: 'session' });
  },

  logout: async (context, { request, reply }) => {
    const token = request.cookies[sessionCookie];
    if (token !== undefined) await endSession(context.ports.database, token);
    reply.clearCookie(sessionCookie, cookieOptions(context));
    return { ok: true };
  },

  createLoginLink: async ({ ports, options }, { caller }) => ({
    person: caller.person.id,
    url: await createLoginLink(ports.database, caller.person.id, options.publicUrl),
  }),

  me: (_context, { caller }) => Promise.resolve(show(caller)),
} satisfies Partial<Handlers>;
