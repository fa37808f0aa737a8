import type { LabelSelectorRequirement } from 'kubernetes-types/meta/v1.d.ts';
import type { Container, LabelSelector } from '#store';

/** One column: its name, what it shows of an object at an instant, its type, and 1 for those of `-o wide` only. */
export type Column<T> = readonly [
  name: string,
  cell: (object: T, nowMs: number) => string | number,
  format?: { type?: 'string' | 'integer'; priority?: 0 | 1 },
];

/** The columns of a kind. */
export type TableFor<T> = readonly Column<T>[];

/** Marks a column of whole numbers. */
export const integer = { type: 'integer' } as const;

/** Marks a column that only `-o wide` shows. */
export const wide = { priority: 1 } as const;

/** The age column; `tableOf` fills it in. */
export const age = ['Age', () => ''] as const;

/** The name column. */
export const named = ['Name', (object: { metadata: { name: string } }) => object.metadata.name] as const;

/** What stands where there is nothing. */
export const none = '<none>';

/** The names and images of containers, for the wide columns of workloads. */
export function containerColumns<T>(of: (object: T) => Container[]): [Column<T>, Column<T>] {
  const listed = (object: T, field: 'name' | 'image'): string =>
    of(object)
      .map((container) => container[field])
      .join(',');
  return [
    ['Containers', (object) => listed(object, 'name'), wide],
    ['Images', (object) => listed(object, 'image'), wide],
  ];
}

function expression({ key, operator, values = [] }: LabelSelectorRequirement): string {
  const list = `(${values.toSorted().join(',')})`;
  if (operator === 'In') return `${key} in ${list}`;
  if (operator === 'NotIn') return `${key} notin ${list}`;
  return operator === 'Exists' ? key : `!${key}`;
}

/** A label selector in one line, `<none>` for one that selects everything. */
export function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const all = [...equal, ...(selector?.matchExpressions ?? []).map(expression)];
  return all.length === 0 ? none : all.toSorted().join(',');
}
