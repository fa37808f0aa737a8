/** The server-side table of a list (meta.k8s.io/v1). */
export interface WireTable {
  readonly columnDefinitions?: readonly { readonly name: string; readonly priority?: number }[];
  readonly rows?:
    | readonly {
        readonly cells: readonly unknown[];
        readonly object?: WireRowObject;
      }[]
    | null;
}

export interface WireRowObject {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** Aligns columns with three spaces, as kubectl prints tables. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd((widths[i] ?? 0) + 3))
        .join('')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** A table as text: the columns of normal priority (all with `wide`), then one column for each wanted label. */
export function tableText(
  table: WireTable,
  options: { readonly wide: boolean; readonly labels: readonly string[]; readonly headers: boolean },
): string {
  const columns = (table.columnDefinitions ?? []).map(({ name, priority }, i) => ({
    name,
    i,
    shown: options.wide || (priority ?? 0) === 0,
  }));
  const shown = columns.filter((one) => one.shown);
  const header = [
    ...shown.map((one) => one.name.toUpperCase()),
    ...options.labels.map((label) => (label.split('/').pop() ?? label).toUpperCase()),
  ];
  const rows = (table.rows ?? []).map(({ cells, object }) => [
    ...shown.map(({ i }) => String(cells[i] ?? '<none>')),
    ...options.labels.map((label) => object?.metadata?.labels?.[label] ?? ''),
  ]);
  return alignColumns(options.headers ? [header, ...rows] : rows);
}
