import type { Probe } from '#store';
import type { ContainerRecord } from './container-record.ts';
import { say, type ContainerRunnerOptions } from './container-runner-options.ts';
import { runProbeLoop } from './probe-loop.ts';

type ProbeKind = 'Startup' | 'Readiness' | 'Liveness';

/**
 * Runs the probes of a running container and keeps `started` and `ready` of its record; readiness and liveness begin
 * when startup has succeeded. Returns the function that ends them all.
 */
export function runContainerProbes(
  options: ContainerRunnerOptions,
  record: ContainerRecord,
  onDead: () => void,
): () => void {
  const stops: (() => void)[] = [];
  let stopStartup: (() => void) | undefined;
  const { startupProbe, readinessProbe, livenessProbe } = options.container;
  const begin = (kind: ProbeKind, probe: Probe | undefined, onVerdict: (ok: boolean) => void) => {
    if (probe !== undefined) stops.push(loop(options, kind, probe, onVerdict));
  };
  const afterStartup = () => {
    stopStartup?.();
    record.started = true;
    record.ready = readinessProbe === undefined;
    begin('Readiness', readinessProbe, (ok) => {
      record.ready = ok;
      options.onChange();
    });
    begin('Liveness', livenessProbe, (ok) => {
      if (!ok) onDead();
    });
    options.onChange();
  };
  if (startupProbe === undefined) afterStartup();
  else stopStartup = loop(options, 'Startup', startupProbe, (ok) => (ok ? afterStartup() : onDead()));
  return () => {
    for (const stop of [stopStartup, ...stops]) stop?.();
  };
}

function loop(
  options: ContainerRunnerOptions,
  kind: ProbeKind,
  probe: Probe,
  onVerdict: (ok: boolean) => void,
): () => void {
  return runProbeLoop({
    probe,
    container: options.container,
    ip: options.podIp,
    gate: options.context.gate,
    eager: kind !== 'Liveness',
    onFailedCheck: (failure) => say(options, 'Warning', 'Unhealthy', `${kind} probe failed: ${failure}`),
    onVerdict,
  });
}
