import { compileRunbook, type CompileOptions } from './compile-runbook.ts';
import type { Plan, Problem } from './plan.ts';

/** One of several runbooks: its text, and what `compileRunbook` takes beside it. */
export interface RunbookSource extends CompileOptions {
  file: string;
  markdown: string;
}

/** The plans of several runbooks, in the order given, and which of them serves which service. */
export interface Runbooks {
  plans: { file: string; plan: Plan }[];
  /** Plans by service: `namespace/service`, or the service alone where the document names no namespace. */
  byService: Map<string, Plan>;
  /** Problems of all documents, and those between them (RB310, RB311). */
  problems: Problem[];
}

/** Compiles the runbooks of several services. Pure; never throws. */
export function compileRunbooks(sources: readonly RunbookSource[]): Runbooks {
  const plans = sources.map(({ markdown, ...options }) => ({
    file: options.file,
    plan: compileRunbook(markdown, options),
    line: lineOfService(markdown),
  }));
  const byService = new Map<string, Plan>();
  const owners: { service: string; namespace: string | undefined; file: string }[] = [];
  const between: Problem[] = [];
  for (const { file, plan, line } of plans) {
    const { service, namespace } = plan.settings;
    if (service === undefined) {
      if (plans.length > 1) between.push(problemAt(file, line, 'RB311', withoutService));
      continue;
    }
    const owner = owners.find((other) => other.service === service && isSame(other.namespace, namespace));
    if (owner === undefined) byService.set(keyOf(service, namespace), plan);
    else
      between.push(
        problemAt(
          file,
          line,
          'RB310',
          `service "${service}" is claimed by ${owner.file} too, expected one runbook a service`,
        ),
      );
    owners.push({ service, namespace, file });
  }
  const problems = [...plans.flatMap(({ plan }) => plan.problems), ...between];
  return { plans: plans.map(({ file, plan }) => ({ file, plan })), byService, problems };
}

const withoutService =
  'one of several runbooks, but its front matter names no service; expected "tocsin: { service: NAME }"';

/** A document without a namespace claims the service in every one. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function keyOf(service: string, namespace: string | undefined): string {
  return namespace === undefined ? service : `${namespace}/${service}`;
}

function lineOfService(markdown: string): number {
  const lines = markdown.slice(0, 20_000).split(/\r\n|\r|\n/);
  return (
    Math.max(
      lines.findIndex((line) => /(?:^\s*|[{,]\s*)["']?service["']?\s*:/.test(line)),
      0,
    ) + 1
  );
}

function problemAt(file: string, line: number, code: string, message: string): Problem {
  const level = code === 'RB310' ? 'error' : 'warning';
  return { code, level, message, file, line, column: 1, endLine: line, endColumn: 1 };
}
