import type { Probe } from '#store';
import type { ContainerRecord } from './container-record.ts';
import { say, type ContainerRunnerOptions } from './container-runner-options.ts';
import { runProbeLoop } from './probe-loop.ts';

/** Runs the probes of a running container and keeps `ready` of its record. Returns the function that ends them. */
export function runContainerProbes(
  options: ContainerRunnerOptions,
  record: ContainerRecord,
  onDead: () => void,
): () => void {
  const { readinessProbe, livenessProbe } = options.container;
  const stops = [
    loop(options, 'Readiness', readinessProbe, (ok) => {
      record.ready = ok;
      options.onChange();
    }),
    loop(options, 'Liveness', livenessProbe, (ok) => {
      if (!ok) onDead();
    }),
  ];
  return () => {
    for (const stop of stops) stop?.();
  };
}

function loop(
  options: ContainerRunnerOptions,
  kind: 'Readiness' | 'Liveness',
  probe: Probe | undefined,
  onVerdict: (ok: boolean) => void,
): (() => void) | undefined {
  if (probe === undefined) return undefined;
  return runProbeLoop({
    probe,
    container: options.container,
    ip: options.podIp,
    gate: options.context.gate,
    eager: kind === 'Readiness',
    onFailedCheck: (failure) => say(options, 'Warning', 'Unhealthy', `${kind} probe failed: ${failure}`),
    onVerdict,
  });
}
