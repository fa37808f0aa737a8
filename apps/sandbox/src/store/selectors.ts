import { badRequest } from './api-status-error.ts';
import type { LabelSelector } from './meta.ts';

/** One requirement on labels; all requirements of a selector must hold. */
export interface Requirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values: string[];
}

/** One `path=value` of a field selector. */
export interface FieldRequirement {
  path: string;
  equal: boolean;
  value: string;
}

const setBased = /^([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const equality = /^([^\s!=(),]+)\s*(==|=|!=)\s*([^\s!=(),]*)$/;
const existence = /^(!?)\s*([^\s!=(),]+)$/;

type Reading = [pattern: RegExp, read: (parts: string[]) => Requirement];

const readings: Reading[] = [
  [
    setBased,
    ([, key = '', word, list = '']) => ({
      key,
      operator: word === 'in' ? 'In' : 'NotIn',
      values: list.split(',').map((value) => value.trim()),
    }),
  ],
  [
    equality,
    ([, key = '', sign, value = '']) => ({ key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] }),
  ],
  [
    existence,
    ([, not, key = '']) => ({ key, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: [] }),
  ],
];

/** Splits at commas outside of parentheses. */
function splitTerms(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

function parseTerm(term: string): Requirement {
  for (const [pattern, read] of readings) {
    const parts = pattern.exec(term);
    if (parts) return read([...parts]);
  }
  throw badRequest(`unable to parse requirement: ${JSON.stringify(term)} of a label selector`);
}

/** Parses `a=b,c!=d,e in (f,g),h,!i`. Throws 400 on anything else. */
export function parseLabelSelector(text: string): Requirement[] {
  return splitTerms(text).map(parseTerm);
}

/** The requirements of a selector in a spec. An empty selector has none, so it selects everything. */
export function requirementsOf(selector: LabelSelector): Requirement[] {
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]): Requirement => ({
    key,
    operator: 'In',
    values: [value],
  }));
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values }): Requirement => ({
    key,
    operator: operatorOf(operator),
    values: values ?? [],
  }));
  return [...equal, ...expressions];
}

function operatorOf(text: string): Requirement['operator'] {
  if (text === 'In' || text === 'NotIn' || text === 'Exists' || text === 'DoesNotExist') return text;
  throw badRequest(`${JSON.stringify(text)} is not a valid label selector operator`);
}

function holds(labels: Record<string, string>, { key, operator, values }: Requirement): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return operator satisfies never;
  }
}

/** Whether labels meet all requirements. */
export function matchesRequirements(labels: Record<string, string> | undefined, all: Requirement[]): boolean {
  return all.every((requirement) => holds(labels ?? {}, requirement));
}

/** Whether labels meet a selector of a spec; an absent selector selects nothing, as in Kubernetes. */
export function matchesSelector(
  labels: Record<string, string> | undefined,
  selector: LabelSelector | undefined,
): boolean {
  return selector !== undefined && matchesRequirements(labels, requirementsOf(selector));
}

/** What Kubernetes selects by besides a name and a namespace. */
const fieldsByKind: Record<string, RegExp> = {
  Pod: /^(spec\.(nodeName|restartPolicy|schedulerName|serviceAccountName)|status\.(phase|podIP|nominatedNodeName))$/,
  Node: /^spec\.unschedulable$/,
  Namespace: /^status\.phase$/,
  ReplicaSet: /^status\.replicas$/,
  Secret: /^type$/,
  Event:
    /^(involvedObject\.(kind|namespace|name|uid|apiVersion|resourceVersion|fieldPath)|reason|reportingComponent|source|type)$/,
};

/** Parses `metadata.name=x,status.phase!=Running`. Throws 400 for a field that Kubernetes does not select by. */
export function parseFieldSelector(kind: string, text: string): FieldRequirement[] {
  return text
    .split(',')
    .filter((term) => term.trim() !== '')
    .map((term) => {
      const match = /^([^!=]+)(==|=|!=)(.*)$/.exec(term.trim());
      if (!match)
        throw badRequest(
          `invalid selector: ${JSON.stringify(text)}; can't understand ${JSON.stringify(term)}`,
        );
      const path = match[1] ?? '';
      const known = /^metadata\.name(space)?$/.test(path) || fieldsByKind[kind]?.test(path) === true;
      if (!known) throw badRequest(`field label not supported: ${path}`);
      return { path, equal: match[2] !== '!=', value: match[3] ?? '' };
    });
}

function fieldText(object: object, path: string): string {
  let value: unknown = object;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  if (path === 'spec.unschedulable') return String(value ?? false);
  if (path === 'source') return String((value as { component?: string } | undefined)?.component ?? '');
  return value === undefined || value === null ? '' : String(value as string | number | boolean);
}

/** Whether an object meets all requirements on its fields. */
export function matchesFields(object: object, all: FieldRequirement[]): boolean {
  return all.every(({ path, equal, value }) => (fieldText(object, path) === value) === equal);
}

/** A selector of a spec in the grammar of `labelSelector` queries. */
export function selectorQuery(selector: LabelSelector): string {
  return requirementsOf(selector)
    .map(({ key, operator, values }) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `!${key}`;
      if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`;
      return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
    })
    .join(',');
}
