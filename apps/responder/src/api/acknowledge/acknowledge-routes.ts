import '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acknowledgeFor, escalateFor, type OpenedLink } from '#comms';
import { databaseNow } from '#platform';
import type { ApiPorts } from '../api-ports.ts';
import { namesOf } from '../views/names.ts';
import { acknowledgePage, answeredPage, wholePage } from './acknowledge-page.ts';
import { escalatePage } from './escalate-page.ts';
import type { Html } from './html.ts';

/**
 * The links of a page: GET shows the incident with a button, because mail scanners open links; POST acts. The link itself is the proof:
 * there is no session, and it holds for one person, one incident, one act and one day.
 */
export function registerAcknowledge(app: FastifyInstance, ports: ApiPorts): void {
  void app.register((scope, _options, done) => {
    // A form without fields comes as a form; nothing of it is read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, parsed) => parsed(null, null));
    registerLink(scope, ports, {
      path: '/acknowledge/*',
      show: (opened) => acknowledgePage(opened, namesOf(ports.people())),
      act: ({ incident, person }) => acknowledgeFor(ports.incidents, incident, { person, via }),
    });
    registerLink(scope, ports, {
      path: '/escalate/:level/*',
      show: escalatePage,
      act: ({ incident, person }, to) => escalateFor(ports.incidents, incident, { person, via, to }),
    });
    done();
  });
}

const via = 'by the link of a page';

interface LinkRoute {
  readonly path: string;
  readonly show: (opened: OpenedLink, level: number) => { status: number; content: Html };
  readonly act: (
    opened: Exclude<OpenedLink, { refused: unknown }>,
    level: number,
  ) => Promise<{ readonly ok: boolean; readonly text: string }>;
}

function registerLink(scope: FastifyInstance, ports: ApiPorts, { path, show, act }: LinkRoute): void {
  scope.get(path, async (request, reply) => {
    const { opened, level } = await open(ports, request);
    const { status, content } = show(opened, level);
    return send(reply, status, content);
  });
  scope.post(path, async (request, reply) => {
    const { opened, level } = await open(ports, request);
    if ('refused' in opened) {
      const { status, content } = show(opened, level);
      return send(reply, status, content);
    }
    const answered = await act(opened, level);
    return send(reply, answered.ok ? 200 : 409, answeredPage(answered.text));
  });
}

async function open(ports: ApiPorts, request: FastifyRequest) {
  const { '*': token, level: said } = request.params as { '*': string; level?: string };
  const level = Number(said ?? 0);
  const purpose = said === undefined ? 'acknowledge' : (`escalate-${level}` as const);
  return { opened: await ports.comms.openLink({ purpose, token }, await databaseNow(ports.database)), level };
}

function send(reply: FastifyReply, status: number, content: Html): FastifyReply {
  const nonce = reply.cspNonce.style;
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    )
    .send(wholePage(content, nonce));
}
