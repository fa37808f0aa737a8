/** What must not be told outside. */
export type LeakKind =
  | 'person'
  | 'pod'
  | 'node'
  | 'namespace'
  | 'tenant'
  | 'address'
  | 'host'
  | 'token'
  | 'url';

/** One thing in a text that must not be told outside, and where it stands. */
export interface Leak {
  readonly kind: LeakKind;
  /** As it stands in the text; of a token the beginning alone. */
  readonly text: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Everything with a name of ours, at the time of the text. */
export interface InternalNames {
  /** Full names, ids and addresses. */
  readonly people: readonly string[];
  readonly pods: readonly string[];
  readonly nodes: readonly string[];
  readonly namespaces: readonly string[];
  /** Those that the readers may not see: all but their own. */
  readonly tenants: readonly string[];
  readonly hosts: readonly string[];
  /** Hosts that everybody may see; with all below them. */
  readonly publicHosts: readonly string[];
}

export const noNames: InternalNames = {
  people: [],
  pods: [],
  nodes: [],
  namespaces: [],
  tenants: [],
  hosts: [],
  publicHosts: [],
};
