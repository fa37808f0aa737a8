import type { TopicFinder } from '../headings/topic-finder.ts';
import type { Problem, SourceRange } from '../plan.ts';

/** A line of prose with the place of its first character. */
export interface TextLine {
  text: string;
  line: number;
  column: number;
}

/** Flat key and value pairs from a comment, a fence's attributes or front matter. */
export type Annotation = Record<string, string>;

export interface HeadingBlock {
  type: 'heading';
  depth: number;
  text: string;
  source: SourceRange;
  annotation?: Annotation;
}

export interface ParagraphBlock {
  type: 'paragraph';
  lines: TextLine[];
  source: SourceRange;
  annotation?: Annotation;
}

export interface ListItem {
  blocks: Block[];
  source: SourceRange;
  annotation?: Annotation;
}

export interface ListBlock {
  type: 'list';
  ordered: boolean;
  items: ListItem[];
  source: SourceRange;
  annotation?: Annotation;
}

export interface FenceBlock {
  type: 'fence';
  language: string;
  code: string;
  /** Place of the first character of each line of `code` in the text. */
  starts: { line: number; column: number }[];
  /** Column behind the last character of the opening line. */
  infoEnd: number;
  source: SourceRange;
  annotation?: Annotation;
}

export interface TableBlock {
  type: 'table';
  rows: TextLine[][];
  source: SourceRange;
  annotation?: Annotation;
}

export interface HtmlBlock {
  type: 'html';
  text: string;
  source: SourceRange;
  annotation?: Annotation;
}

export type Block = HeadingBlock | ParagraphBlock | ListBlock | FenceBlock | TableBlock | HtmlBlock;

/** A heading with everything up to the next heading; `parents` run from the outermost inwards. */
export interface Section {
  title: string;
  depth: number;
  /** Place among the document's sections. */
  index: number;
  source: SourceRange;
  blocks: Block[];
  parents: Section[];
  annotation?: Annotation;
}

/** Lines for which lint codes are allowed, with the reason that the document gives. */
export interface Allowance {
  codes: string[];
  fromLine: number;
  toLine: number;
}

export interface RunbookDocument {
  file: string;
  lines: string[];
  sections: Section[];
  frontMatter: Annotation;
  /** The topic of a heading by the published aliases and those that the document adds. */
  topicOf: TopicFinder;
  allowances: Allowance[];
  /** What was malformed while reading: annotations and front matter. */
  problems: Problem[];
}
