import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../up/child.ts';
import { places } from '../up/places.ts';
import { readSandbox } from './sandbox-client.ts';
import type { RunFile } from '../up/state.ts';
import type { DrillSpec } from './drill-spec.ts';
import type { DrillObserver, DrillTimes } from './see-drill.ts';

/** Quiet before the injection and after the end, so that a replay knows what health looks like. */
const quietMs = 10_000;

export interface DrillRecorder extends DrillObserver {
  /** Ends a recording whose drill has failed. */
  close(): Promise<void>;
}

/** Keeps each drill as a recording in a folder of its name below `folder`. */
export function recordDrills(run: RunFile, folder: string, say: (text: string) => void): DrillRecorder {
  let going: { readonly child: Child; readonly startedAt: string } | null = null;
  return {
    async before(spec) {
      const out = join(folder, spec.name);
      const child = startChild({
        name: 'recording',
        entry: places.record,
        args: ['--config', run.config, '--out', out],
        logFile: `${run.config}.recording.log`,
        onProgress: say,
      });
      going = { child, startedAt: '' };
      await child.ready;
      going = { child, startedAt: new Date().toISOString() };
      await sleep(quietMs);
    },
    beforeLift: async () => {},
    close: async () => {
      await going?.child.stop();
    },
    async after(spec, times) {
      if (going === null) return;
      const { child, startedAt } = going;
      going = null;
      await sleep(quietMs);
      const endedAt = new Date().toISOString();
      await child.stop();
      const tenants = readSandbox(run.sandboxFile ?? '').tenants.map(({ id }) => id);
      const meta = metaOf(spec, { ...times, startedAt, endedAt, tenants });
      writeFileSync(join(folder, spec.name, 'meta.json'), `${JSON.stringify(meta, null, 2)}\n`);
    },
  };
}

interface Times extends DrillTimes {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly tenants: readonly string[];
}

/** The recording's meta.json: what was done, and what a perfect responder would conclude. Pure. */
export function metaOf(spec: DrillSpec, times: Times): object {
  const { severity, alsoDefensible = [], causes, alsoNamed = [], tenants = 'all' } = spec.expected;
  return {
    name: `sandbox-${spec.name}`,
    kind: spec.kind,
    startedAt: times.startedAt,
    injectedAt: times.injectedAt,
    clearedAt: times.clearedAt,
    endedAt: times.endedAt,
    description: `${spec.kind === 'control' ? 'CONTROL. ' : ''}${spec.title}.`,
    namespace: 'platform',
    deployment: 'multitenant-api',
    service: 'multitenant-api-service',
    tenants: times.tenants,
    expected: {
      outage: severity !== null,
      severity,
      severityAlsoDefensible: alsoDefensible,
      tenants: severity === null ? 'none' : tenants,
      causes: causes.map(({ id, subject }) => ({ diagnosis: id, subject: subject ?? times.subject })),
      causesAlsoDefensible: alsoNamed,
    },
  };
}
