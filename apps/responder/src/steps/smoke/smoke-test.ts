import type { Action, Plan } from '@tocsin/runbook';
import type { Check } from '#incidents';
import type { RowContext } from '#platform';
import { applyOrLog } from '../apply-or-log.ts';
import type { JobRow } from '../jobs/job.ts';
import type { StepsProbe, StepsService } from '../ports.ts';
import { findProbe, urlOf } from '../probes/find-probe.ts';
import { httpGet } from '../probes/http-get.ts';
import { tenantToken } from '../probes/tenant-token.ts';
import { loadIncident, type StepsRoom } from '../steps-room.ts';

/** One request that the document asks for to see that the service is back. */
export interface SmokeTarget {
  readonly name: string;
  readonly probe: StepsProbe;
  readonly url: string;
}

/** Runs the smoke tests of the document's last phases from outside, as every tenant, and tells the incident. */
export async function smokeTest(room: StepsRoom, job: JobRow, context: RowContext): Promise<void> {
  const { plan } = await loadIncident(room, job.incident_id);
  const targets = smokeTargets(plan, room.service.probes);
  const checks = await Promise.all(targets.map((target) => testTarget(room.service, target, context.signal)));
  context.signal.throwIfAborted();
  await applyOrLog(room, job.incident_id, { kind: 'smoke-tested', checks });
  await context.update(room.db, `state = 'done', done_at = clock_timestamp()`);
}

/** The curl commands of the recovery phase, each path once, through the configured probes; without any, the probes themselves. */
export function smokeTargets(plan: Plan, probes: readonly StepsProbe[]): readonly SmokeTarget[] {
  const recovery = plan.phases.find((phase) => /recover/i.test(phase.name)) ?? plan.phases.at(-1);
  const actions = recovery?.steps.flatMap((step) => step.actions) ?? [];
  const targets = new Map<string, SmokeTarget>();
  for (const action of actions) {
    const target = targetOf(action, probes);
    if (target !== null && !targets.has(target.url)) targets.set(target.url, target);
  }
  if (targets.size > 0) return [...targets.values()];
  return probes.map((probe) => ({ name: `probe ${probe.target}`, probe, url: probe.url }));
}

function targetOf(action: Action, probes: readonly StepsProbe[]): SmokeTarget | null {
  const words = action.pipeline?.[0] ?? action.text.split(/\s+/);
  const url = words[0] === 'curl' ? urlOf(words) : null;
  const found = url === null ? null : findProbe(probes, url);
  if (url === null || found === null) return null;
  return { name: `${action.label ?? 'smoke test'}: GET ${url.pathname}`, probe: found.probe, url: found.url };
}

/** One target, asked as every tenant at once. */
export async function testTarget(
  service: StepsService,
  target: SmokeTarget,
  signal: AbortSignal,
): Promise<Check> {
  const { name, probe, url } = target;
  const tenants = service.tenants.map((one) => one.id);
  const answers = await Promise.all(
    (tenants.length > 0 ? tenants : [null]).map(async (tenant) => {
      const token = tenant === null ? null : await tenantToken(service, tenant);
      const answer = await httpGet({ url, host: probe.host, token, limitMs: probe.timeoutMs, signal });
      return { tenant, ...answer };
    }),
  );
  const failed = answers.filter((one) => one.status === null || one.status >= 400);
  const slowest = Math.max(...answers.map((one) => one.tookMs));
  const problems = failed.map(
    (one) => `${one.tenant ?? 'anonymous'}: ${one.problem ?? `HTTP ${one.status}`}`,
  );
  const text = `${answers.length - failed.length} of ${answers.length} tenants answered, slowest ${slowest} ms${problems.length > 0 ? `; ${problems.join(', ')}` : ''}`;
  return { name, ok: failed.length === 0, text };
}
