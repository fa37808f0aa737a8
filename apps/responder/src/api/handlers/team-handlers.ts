import type { FastifyReply, FastifyRequest } from 'fastify';
import { createTeam, diffTeams, type TeamVersion, watchAhead } from '#oncall';
import { AppError } from '#platform';
import { actorOf } from '../caller.ts';
import type { Handlers } from '../handler.ts';
import { warningView } from '../views/on-call-schedule.ts';
import { teamVersionView, teamView } from '../views/team-view.ts';

const aheadMs = 14 * 86_400_000;

export const teamHandlers = {
  team: ({ ports }, { reply }) => Promise.resolve(answer(reply, ports.team.state().inUse)),

  applyTeam: async ({ ports }, { body, caller, request, reply }) => {
    const over = versionOf(request);
    const { inUse } = await ports.team.apply(body, over, actorOf(caller)).catch(throwOfBody);
    return answer(reply, inUse);
  },

  diffTeam: async ({ ports }, { body, caller, now }) => {
    const refused = ports.team.whyRefused(body, actorOf(caller));
    if (refused !== null) throwOfBody(refused);
    const { inUse, changes } = ports.team.state();
    const warnings = watchAhead(createTeam(body, changes), ports.currentPlan().plan, now, now + aheadMs);
    return {
      version: inUse.version,
      changes: [...diffTeams(inUse.document, body)],
      warnings: warnings.map(warningView),
    };
  },

  teamVersions: async ({ ports }) => (await ports.team.versions()).map(teamVersionView),
} satisfies Partial<Handlers>;

/** What is refused names places of the document, which is the body here. */
function throwOfBody(error: unknown): never {
  if (!(error instanceof AppError) || error.issues.length === 0) throw error;
  const issues = error.issues.map((one) => ({ ...one, place: `body.${one.place}` }));
  throw AppError.of(error.code, issues, { cause: error });
}

function answer(reply: FastifyReply, version: TeamVersion) {
  reply.header('etag', `"${version.version}"`);
  return teamView(version);
}

/** Blind overwriting is not offered: the version must be named. */
function versionOf(request: FastifyRequest): number {
  const given = request.headers['if-match'];
  const version = /^"(\d{1,15})"$/.exec(given ?? '')?.[1];
  if (version !== undefined) return Number(version);
  throw new AppError(
    'invalid',
    `header if-match: ${given ?? '(missing)'}; expected the ETag of GET ${request.url}, such as "3"`,
  );
}
