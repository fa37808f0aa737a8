import '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acknowledgeFor, escalateFor, type LinkPurpose, type OpenedLink, type OpenedSummary } from '#comms';
import { databaseNow } from '#platform';
import type { ApiPorts } from '../api-ports.ts';
import { namesOf } from '../views/names.ts';
import { acknowledgePage, answeredPage, wholePage } from './acknowledge-page.ts';
import { escalatePage } from './escalate-page.ts';
import type { Html } from './html.ts';
import { summaryPage } from './summary-page.ts';

/**
 * The links of a page: GET shows the incident with a button, because mail scanners open links; POST acts. The link itself is the proof:
 * there is no session, and it holds for one person, one incident (or one summary), one act and one day.
 */
export function registerAcknowledge(app: FastifyInstance, ports: ApiPorts): void {
  void app.register((scope, _options, done) => {
    // A form without fields comes as a form; nothing of it is read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, parsed) => parsed(null, null));
    registerLink<Opened<OpenedLink>>(scope, {
      path: '/acknowledge/*',
      open: (token) => openLink(ports, 'acknowledge', token),
      show: (opened) => acknowledgePage(opened, namesOf(ports.people())),
      act: ({ incident, person }) => acknowledgeFor(ports.incidents, incident, { person, via }),
    });
    registerLink<Opened<OpenedSummary>>(scope, {
      path: '/acknowledge-all/*',
      open: async (token) => ports.comms.openSummary(token, await databaseNow(ports.database)),
      show: summaryPage,
      act: ({ summaryId, person }) => ports.comms.acknowledgeSummary(summaryId, { person, via }),
    });
    registerLink<Opened<OpenedLink>>(scope, {
      path: '/escalate/:level/*',
      open: (token, level) => openLink(ports, `escalate-${level}`, token),
      show: escalatePage,
      act: ({ incident, person }, to) => escalateFor(ports.incidents, incident, { person, via, to }),
    });
    done();
  });
}

const via = 'by the link of a page';

interface Refused {
  readonly refused: 'unknown' | 'expired';
}

/** What a link leads to when it holds. */
type Opened<Read> = Exclude<Read, Refused>;

interface LinkRoute<Led extends object> {
  readonly path: string;
  readonly open: (token: string, level: number) => Promise<Led | Refused>;
  readonly show: (opened: Led | Refused, level: number) => { status: number; content: Html };
  readonly act: (opened: Led, level: number) => Promise<{ readonly ok: boolean; readonly text: string }>;
}

function registerLink<Led extends object>(
  scope: FastifyInstance,
  { path, open, show, act }: LinkRoute<Led>,
): void {
  const read = async (request: FastifyRequest): Promise<{ opened: Led | Refused; level: number }> => {
    const { '*': token, level: said } = request.params as { '*': string; level?: string };
    const level = Number(said ?? 0);
    return { opened: await open(token, level), level };
  };
  scope.get(path, async (request, reply) => {
    const { opened, level } = await read(request);
    const { status, content } = show(opened, level);
    return send(reply, status, content);
  });
  scope.post(path, async (request, reply) => {
    const { opened, level } = await read(request);
    if (isRefused(opened)) {
      const { status, content } = show(opened, level);
      return send(reply, status, content);
    }
    const answered = await act(opened, level);
    return send(reply, answered.ok ? 200 : 409, answeredPage(answered.text));
  });
}

function isRefused(opened: object): opened is Refused {
  return 'refused' in opened;
}

async function openLink(ports: ApiPorts, purpose: LinkPurpose, token: string): Promise<OpenedLink> {
  return ports.comms.openLink({ purpose, token }, await databaseNow(ports.database));
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
