import type { PodFact, ServiceFact } from '#facts';
import type { CaseFile } from '../case-file.ts';
import { dependencies, linesAbout } from '../dependencies.ts';
import type { Finding, Scenario } from '../scenario.ts';

/** What the Service asks for and what the pods declare; null while one of them leaves it open, or they agree on a port. */
function disagreement(
  service: ServiceFact,
  pods: readonly PodFact[],
): { readonly wanted: string; readonly declared: string } | null {
  const containers = pods.flatMap((pod) => pod.containers);
  const ports = new Set(containers.flatMap((one) => one.ports ?? []));
  const names = new Set(containers.flatMap((one) => one.portNames ?? []));
  const wantedPorts = service.targetPorts ?? [];
  const wantedNames = service.targetPortNames ?? [];
  if (ports.size === 0 || wantedPorts.length + wantedNames.length === 0) return null;
  if (wantedPorts.some((port) => ports.has(port)) || wantedNames.some((name) => names.has(name))) return null;
  return { wanted: [...wantedPorts, ...wantedNames].join(', '), declared: [...ports, ...names].join(', ') };
}

function ofService(file: CaseFile): readonly Finding[] {
  const { service, living, newestRead } = file;
  const found = service === null ? null : disagreement(service, living);
  if (service === null || found === null) return [];
  const answering = living.filter((pod) => newestRead(pod)?.outcome === 'ok').length;
  return [
    {
      id: 'port-mismatch',
      subject: `service/${service.name}`,
      confidence: 0.9,
      for: [
        `${service.name} sends to port ${found.wanted}; the pods declare ${found.declared}`,
        ...(answering > 0 ? [`${answering} pods answer when asked directly`] : []),
      ],
      against: ['a declared port is a statement only: a container may listen on others'],
      settles: [],
    },
  ];
}

function ofDependencies(file: CaseFile): readonly Finding[] {
  return dependencies(file).flatMap((one) => {
    const lines = [...linesAbout(file, 'refused', one), ...linesAbout(file, 'unreachable', one)];
    return one.services.flatMap((service) => {
      const found = disagreement(service, one.pods);
      if (found === null || lines.length === 0) return [];
      return [
        {
          id: 'port-mismatch' as const,
          subject: `service/${service.name}`,
          confidence: 0.9,
          for: [
            `${service.name} sends to port ${found.wanted}; the pods of ${one.subject} declare ${found.declared}`,
            `the service cannot reach it: ${lines.map((line) => line.signature).join(', ')}`,
          ],
          against: ['a declared port is a statement only: a container may listen on others'],
          settles: [],
          about: one.subject,
        },
      ];
    });
  });
}

/**
 * A Service sends to a port that the containers do not declare, while the pods are fine. Rests on
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports: a port without a listener is refused although
 * the endpoints are ready, and a name that no container has gives endpoints without a port.
 */
export const portMismatch: Scenario = {
  id: 'port-mismatch',
  ruledOut: 'the Service sends to a port that the pods declare',
  find: (file) => [...ofService(file), ...ofDependencies(file)],
};
