import { selects } from '#facts';
import type { Scenario } from '../scenario.ts';

/** The Service looks for labels that no pod has, while the pods are fine. */
export const selectorMismatch: Scenario = {
  id: 'selector-mismatch',
  ruledOut: 'the Service selects the pods',
  find({ service, living, facts }) {
    const ready = living.filter((pod) => pod.ready);
    if (service === null || ready.length === 0 || Object.keys(service.selector).length === 0) return [];
    if (living.some((pod) => selects(service.selector, pod.labels))) return [];
    const left = facts.cluster.endpoints.filter((one) => one.service === service.name && one.ready).length;
    const selector = Object.entries(service.selector)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return [
      {
        id: 'selector-mismatch',
        subject: `service/${service.name}`,
        confidence: left === 0 ? 0.97 : 0.85,
        for: [
          `${service.name} selects ${selector}, which none of ${living.length} pods has`,
          `${ready.length} pods are ready`,
          `${left} ready endpoints`,
        ],
        against: [],
        settles: left === 0 ? [] : ['the endpoints, which follow the selector within a second'],
      },
    ];
  },
};
