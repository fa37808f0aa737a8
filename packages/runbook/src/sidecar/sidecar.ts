import type { Annotation } from '../document/document.ts';
import type { Problem, SourceRange } from '../plan.ts';

/** What a sidecar says about one part of the plan, and where it says so. */
export interface Binding {
  id: string;
  hash: string | undefined;
  pairs: Annotation;
  /** Place of the id; places of the keys by their names. */
  source: SourceRange;
  places: Map<string, SourceRange>;
}

/** A `NAME.bind.yaml`: bindings for a document that must not change. */
export interface Sidecar {
  file: string;
  bindings: Binding[];
  /** What front matter would say: service, namespace, `placeholders.NAME`. */
  settings: Annotation;
  /** Aliases of headings, by topic. */
  headings: Map<string, string[]>;
  problems: Problem[];
}
