import type { Action } from '@tocsin/runbook';
import { chainFilters } from '../pipeline/filter-chain.ts';
import { freshFilters } from '../pipeline/run-pipeline.ts';
import { parseFilter } from '../filters/parse-filter.ts';
import { readKubectlArgv } from '../kubectl-argv.ts';
import type { StepsCluster, StepsService } from '../ports.ts';
import { probeDependency, type DependencyKind } from '../probes/dependency-probe.ts';
import { findProbe, urlOf } from '../probes/find-probe.ts';
import { httpGet } from '../probes/http-get.ts';
import { tenantToken } from '../probes/tenant-token.ts';
import { answer, notRun, type ReadResult } from './read-outcome.ts';

/** What equivalents are answered with. */
export interface EquivalentParts {
  readonly cluster: StepsCluster;
  readonly service: StepsService;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Answers the question of a read that cannot run as written, by other means and labelled; or says why not. */
export async function readEquivalent(
  action: Action,
  why: string,
  parts: EquivalentParts,
): Promise<ReadResult> {
  const typed = typedPipeline(action);
  if (typed !== null) return askTyped(typed, why, parts);
  const words = action.pipeline?.flat() ?? action.text.split(/\s+/);
  const url = urlOf(words);
  if (words[0] === 'curl' && url !== null) return askProbe(url, why, parts);
  const kind = dependencyOf(action, words);
  return kind === null ? notRun(why) : askDependency(kind, action.text, why, parts);
}

/** The pipeline of a read that only lacks its program. */
function typedPipeline({ effect, placeholders, manual, pipeline }: Action): Action['pipeline'] {
  const readable = effect === 'read' && placeholders.length === 0 && manual === undefined;
  return readable && pipeline?.[0]?.[0] === 'kubectl' ? pipeline : null;
}

const probeKinds: Readonly<Record<string, DependencyKind>> = {
  postgres: 'postgres',
  redis: 'redis',
  tcp: 'tcp',
  service: 'tcp',
};

function dependencyOf(action: Action, words: readonly string[]): DependencyKind | null {
  const named = action.probe === undefined ? undefined : probeKinds[action.probe];
  if (named !== undefined) return named;
  if (words.includes('psql') || words.includes('pg_isready')) return 'postgres';
  return words.includes('redis-cli') ? 'redis' : null;
}

/** The Service that a command talks to: after `-h`, also inside JSON, or in a url. */
export function serviceNameOf(text: string): string | null {
  const host =
    /(?:^|[\s"'])(?:-h|--host)["',\s=]+([a-z0-9][a-z0-9.-]*)/.exec(text)?.[1] ??
    /https?:\/\/([a-z0-9][a-z0-9.-]*)/.exec(text)?.[1];
  return host?.split('.')[0] ?? null;
}

async function askDependency(
  kind: DependencyKind,
  text: string,
  why: string,
  parts: EquivalentParts,
): Promise<ReadResult> {
  const name = serviceNameOf(text);
  if (name === null) return notRun(`${why}; and the command names no host to ask instead`);
  const namespace = readKubectlArgv(text.split(/\s+/)).flags.get('--namespace') ?? parts.service.namespace;
  const address = await parts.cluster.serviceAddress(namespace, name, parts.signal).catch(() => null);
  if (address === null)
    return notRun(`${why}; and service ${namespace}/${name} has no address to ask instead`);
  const result = await probeDependency(kind, address, parts.limitMs, parts.signal);
  return {
    ...answer(`${result.text}\n`, 'equivalent', `asked directly: ${why}`),
    outcome: result.outcome,
  };
}

async function askProbe(
  url: URL,
  why: string,
  { service, limitMs, signal }: EquivalentParts,
): Promise<ReadResult> {
  const found = findProbe(service.probes, url);
  if (found === null) return notRun(why);
  const [tenant] = service.tenants;
  const token = tenant === undefined ? null : await tenantToken(service, tenant.id);
  const get = { url: found.url, host: found.probe.host, token, limitMs, signal };
  const { status, body, tookMs, problem } = await httpGet(get);
  const head = problem ?? `HTTP ${status} in ${tookMs} ms`;
  const failed = status === null || status >= 400;
  return {
    ...answer(
      `GET ${url.pathname}${tenant === undefined ? '' : ` as tenant ${tenant.id}`}: ${head}\n${body}\n`,
      'equivalent',
      `asked by the outside probe: ${why}`,
    ),
    outcome: failed ? 'failed' : 'ended',
  };
}

async function askTyped(
  pipeline: readonly (readonly string[])[],
  why: string,
  { cluster, limitMs, signal }: EquivalentParts,
): Promise<ReadResult> {
  const [argv = [], ...filters] = pipeline;
  const problem = filters.map((one) => parseFilter(one).problem).find((one) => one !== undefined);
  if (problem !== undefined) return notRun(`${why}; ${problem}`);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    const text = await cluster.typedRead(argv, limit);
    if (text === null) return notRun(`${why}; and no typed read answers it`);
    const out: string[] = [];
    const chain = chainFilters(freshFilters(filters), (part) => void out.push(part));
    chain.push(Buffer.from(text));
    const exitCode = chain.end();
    const noMatch = filters.at(-1)?.[0] === 'grep' && exitCode === 1;
    return {
      ...answer(out.join(''), 'equivalent', `typed read: ${why}${noMatch ? '; no line matches' : ''}`),
      exitCode,
    };
  } catch (error) {
    const cutOff = limit.aborted;
    const reason = cutOff ? `no answer within ${limitMs / 1000} s` : (error as Error).message;
    return {
      ...answer('', 'equivalent', `typed read: ${why}; ${reason}`),
      outcome: cutOff ? 'cut-off' : 'failed',
    };
  }
}
