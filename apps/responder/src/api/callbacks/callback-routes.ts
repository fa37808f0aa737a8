import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderAnswer, ProviderRequest } from '#comms';
import type { ApiPorts } from '../api-ports.ts';
import { rawBody } from '../intake/read-body.ts';

/** Where providers of messages call back: bodies stay raw, because signatures are over bytes, and each request is proven by one. */
export async function registerCallbacks(app: FastifyInstance, { comms }: ApiPorts): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    for (const path of ['/callbacks/twilio/:what', '/callbacks/twilio/:what/:messageId'])
      scope.post(path, async (request, reply) => {
        const { what, messageId = '' } = request.params as { what: string; messageId?: string };
        return send(reply, await comms.hearTwilio({ what, messageId }, asCame(request)));
      });
    scope.post('/callbacks/slack', async (request, reply) =>
      send(reply, await comms.hearSlack(asCame(request))),
    );
    done();
  });
}

function asCame(request: FastifyRequest): ProviderRequest {
  const { url, headers } = request;
  return { path: url, headers, body: rawBody(request).toString('utf8'), now: Date.now() };
}

function send(reply: FastifyReply, { status, type, body }: ProviderAnswer): FastifyReply {
  return reply.status(status).type(type).send(body);
}
