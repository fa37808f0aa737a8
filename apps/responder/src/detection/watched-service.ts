import type { WatchedService } from '#facts';
import type { Config } from '../config.ts';

/** The watched service of a configuration, by its Kubernetes names. */
export function watchedService({ service }: Pick<Config, 'service'>): WatchedService {
  const { id, namespace, deployment, podLabels, dependencies } = service;
  const names = [...new Set(service.probes.map((one) => one.target))];
  const functions = names.map((name) => ({
    name,
    critical: service.probes.some((one) => one.target === name && one.critical),
  }));
  return { id, namespace, deployment, service: service.service, podLabels, dependencies, functions };
}
