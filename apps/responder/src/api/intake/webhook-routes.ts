import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readWebhook, type Incoming, type SenderConfig } from '#alerts';
import { AppError } from '#platform';
import { malformedLines, takeIn } from './take-in.ts';
import { proofOf } from './read-body.ts';
import type { IntakeContext } from './register-intake.ts';

/** `POST /intake/webhook/NAME`: Alertmanager's webhook, Grafana's, or any JSON by the mapping of the sender NAME. */
export function registerWebhooks(app: FastifyInstance, context: IntakeContext): void {
  app.post('/intake/webhook/:name', async (request, reply) => {
    const sender = senderOf(context, request);
    const incoming = await takeIn(context, sender, request, readerOf(sender));
    const accepted = incoming.alerts.length + incoming.words.length;
    const malformed = malformedLines(incoming.malformed);
    return reply.status(accepted === 0 && malformed.length > 0 ? 400 : 200).send({ accepted, malformed });
  });
}

/** A name that there is not is answered as a wrong token is: names are not to be guessed. */
function senderOf({ ports }: IntakeContext, request: FastifyRequest): SenderConfig {
  const { name } = request.params as { name: string };
  const kind = ports.alerts.senders.named(name)?.kind ?? 'webhook';
  if (kind === 'alertmanager' || kind === 'pagerduty')
    throw new AppError('not-found', `sender "${name}": a sender of kind ${kind} has another address`);
  return ports.alerts.senders.find(kind, proofOf(request), name);
}

function readerOf(sender: SenderConfig): (body: unknown) => Incoming {
  const arrival = { at: Date.now(), resolveAfterMs: sender.resolveAfterMs };
  if (sender.kind === 'json') return (body) => sender.mapping(body, sender.name, arrival);
  return (body) => readWebhook(body, arrival);
}
