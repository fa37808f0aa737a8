import type { Arrival, Incoming, IncomingAlert, Malformed } from '../incoming.ts';
import { isRecord, malformed } from './malformed.ts';
import { readAlert } from './read-alert.ts';

/** Body of Alertmanager's `POST /api/v2/alerts`: a list of alerts. */
export function readAlertList(body: unknown, place: string, arrival: Arrival): Incoming {
  if (!Array.isArray(body))
    return { alerts: [], words: [], malformed: [malformed(place, body, 'a list of alerts', body)] };
  const alerts: IncomingAlert[] = [];
  const bad: Malformed[] = [];
  for (let n = 0; n < body.length; n += 1) {
    const read = readAlert(body[n], `${place}[${n}]`, arrival);
    if ('hash' in read) alerts.push(read);
    else bad.push(read);
  }
  return { alerts, words: [], malformed: bad };
}

/** Body of the webhooks of Alertmanager (version 4) and of Grafana's alerting: the list is `alerts`. */
export function readWebhook(body: unknown, arrival: Arrival): Incoming {
  const list = isRecord(body) ? body['alerts'] : undefined;
  if (!Array.isArray(list))
    return {
      alerts: [],
      words: [],
      malformed: [malformed('body.alerts', list, 'a list of alerts', body)],
    };
  return readAlertList(list, 'body.alerts', arrival);
}
