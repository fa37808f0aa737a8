import type { WireTable } from './table-text.ts';

type Row = NonNullable<NonNullable<WireTable['rows']>[number]>;

function valueAt(object: unknown, path: readonly string[]): string | number {
  let value = object;
  for (const key of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof value === 'number' ? value : String(value ?? '');
}

/** Rows ascending by a field such as `.lastTimestamp` or `{.metadata.name}`; rows without it come first, as kubectl does. */
export function sortRows(rows: readonly Row[], jsonPath: string): readonly Row[] {
  const path = jsonPath
    .replace(/[{}'"]/g, '')
    .split('.')
    .filter(Boolean);
  return rows.toSorted((a, b) => {
    const [left, right] = [valueAt(a.object, path), valueAt(b.object, path)];
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left).localeCompare(String(right));
  });
}
