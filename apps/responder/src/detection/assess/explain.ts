import type { Evidence } from './evidence.ts';
import type { Ruling } from './ruling.ts';
import { namesText, rangeText } from './words.ts';

function silenceWords({ direct, facts }: Evidence): readonly string[] {
  return direct.silentNodes.flatMap((name) => {
    const count = direct.failing.filter((pod) => pod.nodeName === name).length;
    const node = facts.cluster.nodes.find((one) => one.name === name);
    const pods = count === 1 ? 'the pod' : `the ${count} pods`;
    const told = `${pods} on ${name} stopped answering, ${elsewhere(direct.answering.length)}`;
    const still = facts.cluster.endpoints.some((one) => one.nodeName === name && one.ready);
    const lagging = facts.cluster.readable && node?.ready === 'True' && still;
    return lagging ? [told, 'lease and endpoints have not changed: Kubernetes needs 40-50 s'] : [told];
  });
}

function elsewhere(answering: number): string {
  if (answering === 0) return 'those elsewhere answer with errors';
  return answering === 1 ? 'the one elsewhere answers' : `the ${answering} elsewhere answer`;
}

function coverageWords({ metrics, facts }: Evidence): readonly string[] {
  const { metricsNote: note } = facts;
  if (!metrics.known && typeof note === 'string') return [`request metrics are not known: ${note}`];
  if (!metrics.known || metrics.coverage === 1 || metrics.tenants.length === 0) return [];
  const ratios = metrics.tenants.flatMap((one) => [one.low, one.high]);
  return [
    `metrics cover ${Math.round(metrics.coverage * 100)} % of the pods: errors between ${rangeText(ratios)}`,
  ];
}

function unjudgedWords({ tenants }: Evidence): readonly string[] {
  const names = tenants.filter((one) => !one.judged).map((one) => one.tenant);
  if (names.length === 0) return [];
  return [`too little traffic to judge ${namesText(names)}`];
}

function clusterWords({ cluster, direct }: Evidence): readonly string[] {
  if (!cluster.readable) return ['the Kubernetes API cannot be read, so changes are refused'];
  const told = cluster.troubles.filter((one) => !direct.silentNodes.includes(one.subject.slice(5)));
  return told.slice(0, 2).map((one) => one.summary);
}

function directWords({ direct }: Evidence): readonly string[] {
  if (direct.failing.length === 0 || direct.silentNodes.length > 0) return [];
  const names = direct.failing.map((pod) => pod.name);
  return [`${namesText(names)} ${names.length === 1 ? 'fails' : 'fail'} when asked directly`];
}

/** One sentence with numbers, which also says what is not known yet. */
export function explain(evidence: Evidence, ruling: Ruling): string {
  const { gaps } = evidence.thresholds;
  if (ruling.verdict === 'quiet') return [ruling.why, ...gaps].join('; ');
  if (ruling.verdict === 'notice') return [ruling.why, ...coverageWords(evidence), ...gaps].join('; ');
  return [
    ruling.why,
    ...silenceWords(evidence),
    ...directWords(evidence),
    ...clusterWords(evidence),
    ...coverageWords(evidence),
    ...unjudgedWords(evidence),
    ...gaps,
  ].join('; ');
}
