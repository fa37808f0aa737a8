import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#platform';
import { readAlertList, type SenderConfig } from '#alerts';
import { knownError } from '../answer-errors.ts';
import { writeAudit } from '../audit.ts';
import { parseRequest } from '../invalid-request.ts';
import { alertFilter, postableSilence, silenceFilter } from './alertmanager-query.ts';
import {
  alertGroups,
  alertmanagerStatus,
  gettableAlert,
  gettableSilence,
  receivers,
} from './alertmanager-views.ts';
import { jsonBody, proofOf } from './read-body.ts';
import type { IntakeContext } from './register-intake.ts';
import { malformedLines, takeIn } from './take-in.ts';

const base = '/intake/alertmanager/api/v2';

/** Alertmanager's v2 API, for an unchanged Prometheus (`path_prefix: /intake/alertmanager`) and for amtool. */
export function registerAlertmanager(app: FastifyInstance, context: IntakeContext): void {
  // Its clients expect a JSON text as the body of a refusal.
  app.setErrorHandler((error, request, reply) => {
    const known = knownError(error, request);
    return reply.status(known.status).type('application/json').send(JSON.stringify(known.message));
  });
  registerAlerts(app, context);
  registerSilences(app, context);
  const { version, startedAt } = context;
  app.get(`${base}/status`, (request, reply) => {
    senderOf(context, request);
    return reply.send(alertmanagerStatus(version, startedAt));
  });
  app.get(`${base}/receivers`, (request, reply) => {
    senderOf(context, request);
    return reply.send(receivers);
  });
}

function senderOf({ ports }: IntakeContext, request: FastifyRequest): SenderConfig {
  return ports.alerts.senders.find('alertmanager', proofOf(request));
}

function registerAlerts(app: FastifyInstance, context: IntakeContext): void {
  const shown = async (request: FastifyRequest) => {
    senderOf(context, request);
    const wanted = alertFilter(request.query);
    const found = [];
    for await (const page of context.ports.alerts.active())
      found.push(...page.filter(wanted).map(gettableAlert));
    return found;
  };
  app.get(`${base}/alerts`, shown);
  app.get(`${base}/alerts/groups`, async (request) => alertGroups(await shown(request)));
  app.post(`${base}/alerts`, async (request, reply) => {
    const sender = senderOf(context, request);
    const arrival = { at: Date.now(), resolveAfterMs: sender.resolveAfterMs };
    const { malformed } = await takeIn(context, sender, request, (body) =>
      readAlertList(body, 'body', arrival),
    );
    if (malformed.length === 0) return reply.send();
    return reply
      .status(400)
      .type('application/json')
      .send(JSON.stringify(malformedLines(malformed).join('\n')));
  });
}

function registerSilences(app: FastifyInstance, context: IntakeContext): void {
  const { alerts } = context.ports;
  app.get(`${base}/silences`, async (request) => {
    senderOf(context, request);
    const wanted = silenceFilter(request.query);
    const silences = await alerts.silences();
    return silences.filter((one) => wanted(one.matchers)).map((one) => gettableSilence(one, Date.now()));
  });
  app.post(`${base}/silences`, async (request) => {
    const sender = senderOf(context, request);
    const body = jsonBody(request);
    const draft = parseRequest(postableSilence, 'body', 'value' in body ? body.value : body.text);
    await audit(context, sender, request, draft);
    const silenceID = await alerts.setSilence({
      ...draft,
      startsAt: Date.parse(draft.startsAt),
      endsAt: Date.parse(draft.endsAt),
    });
    return { silenceID };
  });
  app.get(`${base}/silence/:id`, async (request) => {
    senderOf(context, request);
    return gettableSilence(await alerts.silence(idOf(request)), Date.now());
  });
  app.delete(`${base}/silence/:id`, async (request, reply) => {
    const sender = senderOf(context, request);
    await audit(context, sender, request, null);
    try {
      await alerts.expireSilence(idOf(request));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      // Alertmanager's API knows 200, 404 and 500 here, and amtool prints no other answer's text.
      return reply.status(500).type('application/json').send(JSON.stringify(error.message));
    }
    return reply.send();
  });
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;

/** A sender that changes what is silent leaves a row, as a person does. */
async function audit(
  { ports }: IntakeContext,
  { name }: SenderConfig,
  request: FastifyRequest,
  body: unknown,
): Promise<void> {
  await writeAudit(ports.database, {
    actor: { kind: 'system', id: `sender:${name}` },
    action: request.method === 'DELETE' ? 'expireSilence' : 'setSilence',
    subject: request.url,
    detail: { requestId: request.id, body },
  });
}
