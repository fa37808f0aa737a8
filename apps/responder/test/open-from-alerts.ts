import { setTimeout as pause } from 'node:timers/promises';
import type { Plan } from '@tocsin/runbook';
import type { Alerts } from '../src/alerts/index.ts';
import type { Incidents } from '../src/incidents/index.ts';
import type { Logger } from '../src/platform/index.ts';
import { outage } from './outage-facts.ts';

const openAtOnce = 24;
const lookMs = 1000;

interface Opening {
  readonly incidents: Incidents;
  readonly plan: Plan;
  readonly log: Logger;
}

/**
 * In the place of detection: every alert that is stored opens the incident of the service that it names, here at once, and at every
 * other responder when it looks at what is active. The sender's answer does not wait for it.
 */
export function openFromAlerts(alerts: Alerts, { incidents, plan, log }: Opening): Alerts {
  const waiting: string[] = [];
  const opened = new Set<string>();
  let lanes = 0;

  async function open(service: string): Promise<void> {
    const assessment = outage(Date.now());
    await incidents.assess({ service: { id: service }, assessment, diagnoses: [], drill: null, plan });
    opened.add(service);
  }

  async function lane(): Promise<void> {
    lanes += 1;
    for (let service = waiting.shift(); service !== undefined; service = waiting.shift())
      await open(service).catch((error: unknown) =>
        log.warn({ err: error }, 'an alert opened no incident yet'),
      );
    lanes -= 1;
  }

  function put(services: readonly (string | undefined)[]): void {
    waiting.push(...services.filter((one) => one !== undefined && !opened.has(one)).map(String));
    while (lanes < Math.min(openAtOnce, waiting.length)) void lane();
  }

  async function look(): Promise<void> {
    for (;;) {
      await pause(lookMs);
      if (waiting.length > 0) continue;
      for await (const page of alerts.active()) put(page.map(({ row }) => row.labels['service']));
    }
  }

  look().catch((error: unknown) => log.error({ err: error }, 'alerts could not be looked at'));
  return {
    ...alerts,
    take: async (source, incoming) => {
      await alerts.take(source, incoming);
      put(incoming.alerts.map(({ labels }) => labels['service']));
    },
  };
}
