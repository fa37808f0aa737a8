import type { Kind, KindMap, KubeObject } from '#store';
import { clusterTables } from './cluster-tables.ts';
import type { Column, TableFor } from './column.ts';
import { since } from './durations.ts';
import { networkTables } from './network-tables.ts';
import { podTable } from './pod-table.ts';
import { workloadTables } from './workload-tables.ts';

type Tables = { [K in Kind]?: TableFor<KindMap[K]> };

const tables: Tables = { ...clusterTables, ...networkTables, ...workloadTables, Pod: podTable };

const plain: TableFor<KubeObject> = [
  ['Name', (object) => object.metadata.name],
  ['Created At', (object) => object.metadata.creationTimestamp ?? '<unknown>'],
];

function columnsOf(kind: Kind): Column<KubeObject>[] {
  return (tables[kind] ?? plain) as Column<KubeObject>[];
}

function definition([name, , { type = 'string', priority = 0 } = {}]: Column<KubeObject>): object {
  return { name, type, format: name === 'Name' ? 'name' : '', description: '', priority };
}

function embedded(object: KubeObject, include: string): object | undefined {
  if (include === 'None') return undefined;
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** What a Table is made for. */
export interface TableQuery {
  kind: Kind;
  /** How much of each object its row carries: `Metadata`, `Object` or `None`. */
  include: string;
  nowMs: number;
  /** Watches send the column definitions in their first table only. */
  withColumns?: boolean;
}

/** The objects as a `meta.k8s.io/v1` Table, with the columns and cells of Kubernetes 1.34. */
export function tableOf(objects: KubeObject[], resourceVersion: string, query: TableQuery): object {
  const columns = columnsOf(query.kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: query.withColumns === false ? [] : columns.map(definition),
    rows: objects.map((object) => ({
      cells: columns.map(([name, cell]) =>
        name === 'Age' ? since(object.metadata.creationTimestamp, query.nowMs) : cell(object, query.nowMs),
      ),
      object: embedded(object, query.include),
    })),
  };
}
