import { selects, type ServiceFact } from '#facts';
import type { CaseFile } from '../case-file.ts';
import { dependencies, linesAbout } from '../dependencies.ts';
import type { Finding, Scenario } from '../scenario.ts';

function selectorText({ selector }: ServiceFact): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function readyEndpoints({ facts }: CaseFile, service: ServiceFact): number {
  return facts.cluster.endpoints.filter((one) => one.service === service.name && one.ready).length;
}

function ofService(file: CaseFile): readonly Finding[] {
  const { service, living } = file;
  const ready = living.filter((pod) => pod.ready);
  if (service === null || ready.length === 0 || Object.keys(service.selector).length === 0) return [];
  if (living.some((pod) => selects(service.selector, pod.labels))) return [];
  const left = readyEndpoints(file, service);
  return [
    {
      id: 'selector-mismatch',
      subject: `service/${service.name}`,
      confidence: left === 0 ? 0.97 : 0.85,
      for: [
        `${service.name} selects ${selectorText(service)}, which none of ${living.length} pods has`,
        `${ready.length} pods are ready`,
        `${left} ready endpoints`,
      ],
      against: [],
      settles: left === 0 ? [] : ['the endpoints, which follow the selector within a second'],
    },
  ];
}

function ofDependencies(file: CaseFile): readonly Finding[] {
  return dependencies(file).flatMap((one) => {
    const { pods, services, subject, workload } = one;
    const lines = [...linesAbout(file, 'refused', one), ...linesAbout(file, 'unreachable', one)];
    if (workload.readyReplicas === 0 || lines.length === 0) return [];
    return services
      .filter(
        (service) =>
          Object.keys(service.selector).length > 0 &&
          !pods.some((pod) => selects(service.selector, pod.labels)) &&
          readyEndpoints(file, service) === 0,
      )
      .map((service) => ({
        id: 'selector-mismatch' as const,
        subject: `service/${service.name}`,
        confidence: 0.93,
        for: [
          `${service.name} selects ${selectorText(service)}, which no pod of ${subject} has`,
          `${workload.readyReplicas} pods of ${subject} are ready`,
          'the service of the outage cannot reach it',
        ],
        against: [],
        settles: [],
        about: subject,
      }));
  });
}

/** A Service looks for labels that no pod has, while the pods are fine. Rests on the recording service-selector-wrong. */
export const selectorMismatch: Scenario = {
  id: 'selector-mismatch',
  ruledOut: 'the Service selects the pods',
  find: (file) => [...ofService(file), ...ofDependencies(file)],
};
