import '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acknowledgeFor } from '#comms';
import { databaseNow } from '#platform';
import type { ApiPorts } from '../api-ports.ts';
import { namesOf } from '../views/names.ts';
import { acknowledgePage, answeredPage, wholePage } from './acknowledge-page.ts';
import type { Html } from './html.ts';

/**
 * The link of a page: GET shows the incident with a button, because mail scanners open links; POST acknowledges. The link itself is
 * the proof: there is no session, and it holds for one person, one incident and one day.
 */
export function registerAcknowledge(app: FastifyInstance, ports: ApiPorts): void {
  void app.register((scope, _options, done) => {
    // A form without fields comes as a form; nothing of it is read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, parsed) => parsed(null, null));
    scope.get('/acknowledge/*', async (request, reply) => {
      const opened = await open(ports, request);
      const { status, content } = acknowledgePage(opened, namesOf(ports.people()));
      return send(reply, status, content);
    });
    scope.post('/acknowledge/*', async (request, reply) => {
      const opened = await open(ports, request);
      if ('refused' in opened) {
        const { status, content } = acknowledgePage(opened, namesOf(ports.people()));
        return send(reply, status, content);
      }
      const { incident, person } = opened;
      const answered = await acknowledgeFor(ports.incidents, incident, {
        person,
        via: 'by the link of a page',
      });
      return send(reply, answered.ok ? 200 : 409, answeredPage(answered.text));
    });
    done();
  });
}

async function open(ports: ApiPorts, request: FastifyRequest) {
  const { '*': token } = request.params as { '*': string };
  return ports.comms.openLink(token, await databaseNow(ports.database));
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
