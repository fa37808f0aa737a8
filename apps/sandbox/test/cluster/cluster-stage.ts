import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { kubectl, requireKubectl, type Run } from '../kubectl/kubectl.ts';
import { newStateDir, startProcess, stopProcess } from '../sandbox-process.ts';

const platform = path.resolve(import.meta.dirname, '../../../../deploy/platform');

/** A cluster to test against, with the platform in a namespace of its own. */
export interface ClusterStage {
  kubeconfig: string;
  namespace: string;
  /** Where the kustomization that was applied lies. */
  directory: string;
  /** Runs kubectl in the namespace. */
  run(args: string[], limitMs?: number): Promise<Run>;
  /** The same; throws with what it printed when it fails. */
  succeed(args: string[], limitMs?: number): Promise<Run>;
  /** Deletes the namespace and everything in it. */
  close(): Promise<void>;
}

/** The cluster of `TOCSIN_TEST_KUBECONFIG`, else a new sandbox. */
async function cluster(): Promise<{ kubeconfig: string; stop(): Promise<unknown> }> {
  const given = process.env['TOCSIN_TEST_KUBECONFIG'];
  if (given !== undefined) return { kubeconfig: given, stop: () => Promise.resolve() };
  const stateDir = await newStateDir();
  const sandbox = await startProcess(stateDir, ['--fast', '--node-grace-ms', '30000']);
  const stop = async () => {
    await stopProcess(sandbox);
    await fs.rm(stateDir, { recursive: true, force: true });
  };
  return { kubeconfig: sandbox.description.kubeconfig, stop };
}

/** The platform under another namespace, host and, where one is given, image. */
function kustomization(namespace: string, directory: string): object {
  const [newName = '', newTag = 'latest'] = (process.env['TOCSIN_TEST_API_IMAGE'] ?? '').split(/:(?=[^/]*$)/);
  const host = [{ op: 'replace', path: '/spec/rules/0/host', value: `${namespace}.example.com` }];
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace,
    resources: [path.relative(directory, platform), 'debug-policy.yaml', ...secrets.map(fileOf)],
    patches: [{ target: { kind: 'Ingress' }, patch: stringify(host) }],
    images: newName === '' ? [] : [{ name: 'tocsin/multitenant-api', newName, newTag }],
  };
}

/** Lets debug pods reach what they test, where NetworkPolicies are enforced. */
const debugPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'debug' },
  spec: {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { run: 'debug' } } }] }],
  },
};

/** The password of the database's administrator on the stage. */
export const adminPassword = randomBytes(12).toString('hex');

const secrets = Object.entries({
  'postgres-admin': { username: 'postgres', password: adminPassword },
  'multitenant-api-db': { username: 'multitenant_api', password: randomBytes(12).toString('hex') },
  'multitenant-api-jwt': { secret: randomBytes(32).toString('hex') },
}).map(([name, values]) => {
  const encoded = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  const data = Object.fromEntries(encoded) as Record<string, string>;
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data };
});

function fileOf({ metadata }: (typeof secrets)[number]): string {
  return `secret-${metadata.name}.yaml`;
}

/** Makes a namespace with the platform in it, applied by kubectl; takes it away again when that fails. */
export async function openClusterStage(): Promise<ClusterStage> {
  requireKubectl();
  const { kubeconfig, stop } = await cluster();
  const namespace = `tocsin-test-${randomBytes(3).toString('hex')}`;
  const directory = await fs.realpath(await newStateDir());
  const run = (args: string[], limitMs = 60_000): Promise<Run> =>
    kubectl(kubeconfig, ['--namespace', namespace, ...args], { stopAfterMs: limitMs });
  const succeed = async (args: string[], limitMs?: number): Promise<Run> => {
    const done = await run(args, limitMs);
    if (done.exitCode === 0) return done;
    throw new Error(`kubectl ${args.join(' ')}: exit code ${done.exitCode}\n${done.stderr}${done.stdout}`);
  };
  const close = async (): Promise<void> => {
    await run(['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=120s'], 130_000);
    await stop();
    await fs.rm(directory, { recursive: true, force: true });
  };
  try {
    const made = {
      'kustomization.yaml': kustomization(namespace, directory),
      'debug-policy.yaml': debugPolicy,
    };
    const files = { ...made, ...Object.fromEntries(secrets.map((one) => [fileOf(one), one])) };
    for (const [file, content] of Object.entries(files))
      await fs.writeFile(path.join(directory, file), stringify(content));
    await succeed(['apply', '-k', directory]);
  } catch (error) {
    await close();
    throw error;
  }
  return { kubeconfig, namespace, directory, run, succeed, close };
}
