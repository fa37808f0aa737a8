import { register } from 'prom-client';
import { registerReadinessMetrics, startReadiness } from '#oncall';
import type { Rooms } from './api-ports-of.ts';

/** The daily look at whether everybody could be woken; its messages go out by comms. */
export function watchReadiness({
  config,
  db,
  team,
  runbook,
  comms,
  log,
}: Pick<Rooms, 'config' | 'db' | 'team' | 'runbook' | 'comms' | 'log'>): ReturnType<typeof startReadiness> {
  const serviceId = config.service.id;
  registerReadinessMetrics(register, { db, serviceId });
  return startReadiness({
    db,
    serviceId,
    team,
    plan: () => runbook.current().plan,
    facts: comms.readinessFacts,
    inform: comms.inform,
    log: log.child({ room: 'oncall' }),
  });
}
