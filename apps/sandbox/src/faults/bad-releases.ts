import type { Container, ObjectStore, PodTemplateSpec } from '#store';
import type { FaultKind, Injected } from './fault-kind.ts';
import { mistake } from './mistake.ts';

interface BadRelease {
  kind: string;
  description: string;
  change(container: Container, template: PodTemplateSpec): void;
}

const retag =
  (tag: string) =>
  (container: Container): void => {
    container.image = container.image.replace(/:.*$/, `:${tag}`);
  };

const RELEASES: readonly BadRelease[] = [
  {
    kind: 'crash-loop',
    description: 'Rolls out a release with a mistyped start command: every new container exits at once.',
    change: (container) => void (container.command = ['node', 'srv/mian.js']),
  },
  {
    kind: 'secret-missing',
    description: 'Rolls out a release that reads a Secret which does not exist: no container can be created.',
    change: (container) =>
      void (container.env ??= []).push({
        name: 'PAYMENT_KEY',
        valueFrom: { secretKeyRef: { name: 'payment-provider', key: 'key' } },
      }),
  },
  {
    kind: 'image-missing',
    description: 'Rolls out an image tag that nobody has pushed.',
    change: retag('0.1.1-rc'),
  },
  {
    kind: 'memory-leak',
    description: 'Rolls out release 0.2.0, which leaks memory until the kernel ends it at its limit.',
    change: retag('0.2.0'),
  },
  {
    kind: 'connection-leak',
    description: 'Rolls out release 0.3.0, which opens database connections and never closes one.',
    change: retag('0.3.0'),
  },
  {
    kind: 'readiness-failing',
    description:
      'Rolls out a readiness probe for a path that answers 404: containers run and never become ready.',
    change: (container) =>
      void (container.readinessProbe = { httpGet: { path: '/ready-yes', port: 'http' } }),
  },
  {
    kind: 'liveness-too-eager',
    description: 'Rolls out a liveness probe that gives a container no time to start.',
    change: (container) =>
      void (container.livenessProbe = {
        httpGet: { path: '/livez', port: 'http' },
        periodSeconds: 1,
        timeoutSeconds: 1,
        failureThreshold: 1,
      }),
  },
  {
    kind: 'unschedulable',
    description: 'Rolls out a node selector that no node has: every new pod stays pending.',
    change: (_container, template) => void (template.spec.nodeSelector = { disktype: 'ssd' }),
  },
];

/**
 * Lifting also ends the release's own pods: a rollout would wait for the first new pod to be ready, which a release that holds all
 * database connections never lets it be.
 */
function release(store: ObjectStore, change: BadRelease['change']): Injected {
  const injected = mistake(store, {
    kind: 'Deployment',
    name: 'multitenant-api',
    change(spec) {
      spec.strategy = { type: 'Recreate' };
      for (const container of spec.template.spec.containers) change(container, spec.template);
    },
  });
  return {
    ...injected,
    async lift() {
      const labels = [{ key: 'app', operator: 'In' as const, values: ['multitenant-api'] }];
      const own = store.list('Pod', { namespace: 'platform', labels });
      const undone = await injected.lift();
      const { restored } = undone as { restored?: readonly string[] };
      // The response has gone back already: the pods are good ones.
      if (restored?.includes('template') !== true) return undone;
      for (const { metadata } of own) store.delete('Pod', metadata);
      return { ...undone, podsEnded: own.length };
    },
  };
}

/** Releases that a rollout should never have let through; rolled out all at once, so that nothing old serves on. */
export const badReleases: readonly FaultKind[] = RELEASES.map(({ kind, description, change }) => ({
  kind,
  description,
  inject: ({ store }) => release(store, change),
}));
