/**
 * `npm run bench -- NAME`: measures what the README and the notes state. Prints one JSON object a benchmark.
 * Nothing here is a test: a slow machine gives other figures, not a failure.
 */
import { acceptToPage } from './accept-to-page.ts';
import { boot } from './boot.ts';
import { drillRuns } from './drill-runs.ts';
import { failover } from './failover.ts';
import { intake } from './intake.ts';
import { evidence } from './evidence.ts';
import { faultToPage } from './fault-to-page.ts';
import { openIncidents } from './open-incidents.ts';
import { multitenantApi } from './multitenant-api.ts';
import { rest } from './rest.ts';
import { runbook } from './runbook.ts';
import { scale } from './scale.ts';
import { statusPage } from './status-page.ts';
import { subscribersBench } from './subscribers.ts';

const benchmarks: Readonly<Record<string, () => Promise<object>>> = {
  runbook,
  boot,
  rest,
  intake,
  'accept-to-page': acceptToPage,
  'open-incidents': openIncidents,
  failover,
  drill: drillRuns,
  'fault-to-page': faultToPage,
  'multitenant-api': multitenantApi,
  scale,
  evidence,
  'status-page': statusPage,
  subscribers: subscribersBench,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `bench ${unknown.join(' ')}: not known; expected some of ${Object.keys(benchmarks).join(', ')}`,
  );
  process.exit(2);
}
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const result = await benchmarks[name]?.();
  console.log(JSON.stringify({ benchmark: name, machine: machine(), ...result }));
}

function machine(): object {
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: navigator.hardwareConcurrency,
  };
}
