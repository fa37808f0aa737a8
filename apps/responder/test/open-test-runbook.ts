import { diffPlans, type Plan } from '@tocsin/runbook';
import { createPlans } from '../src/incidents/index.ts';
import { createLogger, type Database } from '../src/platform/index.ts';
import { openRunbook, type AdoptPolicy, type Runbook } from '../src/runbook/index.ts';

/** The runbook of the one service that tests watch, put together as the responder does. */
export function openTestRunbook(
  db: Database,
  options: {
    readonly file: string;
    readonly policy?: AdoptPolicy;
    readonly serviceId?: string;
    readonly onPlan?: (plan: Plan) => void;
  },
): Promise<Runbook> {
  return openRunbook({
    db,
    plans: createPlans(db),
    serviceId: 'multitenant-api',
    policy: 'automatic',
    diff: diffPlans,
    onPlan: () => {},
    log: createLogger({ level: 'silent' }),
    everyMs: 50,
    ...options,
  });
}
