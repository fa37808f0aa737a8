import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatements } from '../actions/parse-statements.ts';
import type { Effect } from '../plan.ts';
import { isStronger } from './effect-order.ts';
import { effectOfArgv, effectOfPipeline } from './effect-of-argv.ts';

const TABLE: Record<Effect, string[]> = {
  read: [
    'get pods -A -o wide --show-labels',
    'get --raw /readyz?verbose',
    'get deployments -l app=a -w',
    'describe node a',
    'logs -f a --previous -c b --since=5m --tail 10 --prefix',
    'logs -p a',
    'top pods --containers --sort-by=memory',
    'events --for pod/a --types=Warning',
    'explain pod.spec --recursive',
    'api-resources --verbs=list --namespaced',
    'api-versions',
    'auth can-i delete pods --as a',
    'auth whoami',
    'cluster-info',
    'cluster-info dump',
    'config view --raw --minify',
    'config current-context',
    'rollout status deployment/a -w',
    'rollout history deployment/a --revision 2',
    'apply view-last-applied deployment/a',
    'diff -f a.yaml',
    'wait --for=condition=Ready pod/a --timeout=30s',
    'wait --for=delete pod/a',
    'kustomize overlays/a',
    'completion bash',
    'version --client',
    'options',
    'plugin list',
    'kuberc view',
    '--v=6 get pods',
    '-v 6 get pods',
    '--request-timeout=5s get pods',
    '-n delete get pods',
    '-ndelete get pods',
    '-l app=a get pods',
    '--context a get pods',
    'scale deploy/a --replicas=0 --dry-run=server',
    'apply -f a --dry-run=client',
    'rollout undo deployment/a --dry-run=server',
    'delete pod a --dry-run',
    'exec a -- cat /etc/hosts',
    'exec -n a deploy/b -c c -- psql -c "select 1"',
    'exec a -- curl -s http://localhost/health',
    'exec a -- pg_isready -h b',
  ],
  'create-temp': [
    'run a --image=b --rm -it --restart=Never -- psql -c "select 1"',
    'run a --rm --attach --image=b --overrides=\'{"spec":{"containers":[{"name":"a","image":"b","command":["psql","-c","select 1"]}]}}\'',
    'run a --rm=true --image=b --attach -- redis-cli ping',
  ],
  mutate: [
    '',
    'del pod a',
    'delet pod a',
    'Delete pod a',
    'rollout',
    'config set-context a',
    'config use-context a',
    'config delete-context a',
    'rollout restart deployment/a',
    'rollout undo deployment/a --to-revision=2',
    'rollout pause deployment/a',
    'rollout resume deployment/a',
    'set image deployment/a a=b',
    'set env deployment/a A=b',
    'scale deploy/a --replicas=3',
    'scale deploy a --current-replicas=2 --replicas 3',
    'autoscale deploy a --min=1 --max=2',
    'create token a',
    'create job a --from=cronjob/b',
    'create -f a --dry-run=none',
    'create --raw /api/v1/namespaces -f a',
    'apply -f a',
    'apply -f https://x/a.yaml',
    'apply set-last-applied -f a',
    'apply edit-last-applied deployment/a',
    'cordon a',
    'uncordon a',
    'taint nodes a k=v:NoSchedule',
    'taint nodes a k=v:NoExecute-',
    'label pod a b=c --overwrite',
    'annotate pod a b-',
    'patch deployment a -p \'{"spec":{"replicas":10}}\'',
    'patch node a -p \'{"spec":{"unschedulable":true}}\'',
    'replace -f a',
    'edit deployment a',
    'cp a:/x /y',
    'attach a',
    'proxy',
    'run a --image=b',
    'run a --rm=false --rm --image=b',
    'run a --rm=0 --image=b',
    'run a --rm --privileged --image=b -- redis-cli ping',
    'run a --rm --image=b --attach -- sh -c "psql"',
    'run a --rm --image=b --overrides=\'{"spec":{"hostNetwork":true}}\'',
    'run a --rm --image=b --overrides="{"',
    'debug node/a -it --image=b',
    'debug a --image=b --target=c',
    'certificate approve a',
    'certificate deny a',
    'auth reconcile -f a',
    'kuberc set --section a',
    'alpha a',
    'neat',
    'exec a -- reboot-later',
    'exec a -- sh -c "select 1"',
    'exec -it a -- bash',
    'exec a psql -c "select 1"',
    'cluster-info dump --output-directory=/x',
    '--kubeconfig=/x get pods',
    '--kubeconfig /x get pods',
    'get pods --server=https://x',
    'get pods -s https://x',
    'get pods --cache-dir=/x',
    'get pods --profile=cpu --profile-output=/x',
    'kustomize a -o b',
    'kustomize a --enable-helm',
    'get pods --no-such-flag',
    'get pods -Z',
    '-A get pods',
    'exec a --dry-run=client -- touch b',
  ],
  destroy: [
    '"delete" pod a',
    "'del'ete pod a",
    '\\delete pod a',
    '-n x delete pod a',
    '-nx delete pod a',
    '-n get delete pod a',
    '--namespace get delete pod a',
    '--namespace=get delete pod a',
    '--v=6 delete pod a',
    '-v6 delete pod a',
    '-A get delete pods',
    '-z get delete pods',
    '--no-such get delete pods',
    '--all-namespaces get delete pods',
    'delete pod a --dry-run=none',
    'delete pod a --dry-run=server --dry-run=none',
    'delete pod a -l --dry-run=server',
    'delete pod a --selector --dry-run=server',
    'delete pod a --no-such-flag --dry-run=server',
    'delete pod a -- --dry-run=server',
    'delete namespace a',
    'delete pv a',
    'delete pods --all',
    'delete --raw /api/v1/namespaces/a',
    'delete pod a --force --grace-period=0',
    'drain a --ignore-daemonsets',
    'drain a --dry-run=none',
    'replace --force -f a',
    'replace -f a --grace-period=0',
    'apply -f a --prune -l b=c',
    'apply -f a --force',
    'scale deploy/a --replicas=0',
    'scale deploy/a --replicas 00',
    'scale deploy/a --replicas=3 --replicas=0',
    'scale deploy/a --replicas=<count>',
    'patch deployment a -p \'{"spec":{"replicas":0}}\'',
    'patch deployment a -p "spec: {replicas: 0}"',
    'patch deployment a --type=json --patch \'[{"op":"replace","path":"/spec/replicas","value":0}]\'',
    'patch pvc a -p \'{"metadata":{"finalizers":null}}\'',
    'patch node a -p \'{"spec":{"taints":[{"key":"a","effect":"NoExecute"}]}}\'',
    'rollout restart statefulset/a',
    'rollout restart StatefulSet a',
    'rollout restart sts -l a=b',
    'rollout restart deploy,sts -l a=b',
    'rollout restart statefulsets.apps/a',
    'rollout restart daemonset/a',
    'rollout -n a restart sts/b',
    'taint nodes a k=v:NoExecute',
    'auth reconcile -f a --remove-extra-permissions',
    'create --raw /api/v1/namespaces/a/pods/b/eviction -f c',
    'debug a --copy-to=b --replace --image=c',
    'exec a -- psql -c "drop table b"',
    'exec a -- redis-cli flushall',
    'exec a -- rm -rf /data',
    'exec a -- kubectl delete pod b',
    'run a --rm --image=b --attach -- psql -c "truncate c"',
    'run a --rm --image=b --overrides=\'{"spec":{"containers":[{"name":"a","image":"b","command":["redis-cli","flushall"]}]}}\'',
  ],
};

const rows = Object.entries(TABLE).flatMap(([effect, texts]) =>
  texts.map((text): [string, string] => [effect, text]),
);

describe('effect of kubectl', () => {
  it.each(rows)('%s: kubectl %s', (effect, text) => {
    const [statement, ...more] = parseStatements(`kubectl ${text}`);
    expect(more).toEqual([]);
    expect(statement?.pipeline).not.toBeNull();
    expect(effectOfPipeline(statement?.pipeline ?? [])).toBe(effect);
  });
});

function isPretended(words: string[]): boolean {
  return words.some((word) => word.startsWith('--dry-run'));
}

const WORDS = [
  ['delete', 'drain', 'get', '-n', '-l', '-f', '-A', '--force', '--all', '--dry-run', '--dry-run=server'],
  ['--', '-', '', 'pod', 'a', '--no-such', '--no-such=a', '-z', '--replicas=0', '--kubeconfig', '-o', '-it'],
].flat();
const anyWord = fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 6 }));
const readCommand = fc.constantFrom(
  ...TABLE.read.map((text) => parseStatements(`kubectl ${text}`)[0]?.pipeline?.[0] ?? []),
);
const globalFlags = fc.array(
  fc.constantFrom(
    ['-n', 'get'],
    ['--namespace=a'],
    ['-v', '9'],
    ['--request-timeout', '1s'],
    ['--context=a'],
    ['-na'],
  ),
  { maxLength: 4 },
);

describe('whatever stands around a verb', () => {
  it('makes nothing weaker than the verb is', () => {
    const verbs: [string[], Effect][] = [
      [['cordon', 'a'], 'mutate'],
      [['annotate', 'a'], 'mutate'],
      [['rollout', 'restart', 'deploy/a'], 'mutate'],
      [['cp', 'a', 'b'], 'mutate'],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...verbs),
        globalFlags,
        fc.array(anyWord),
        ([verb, effect], flags, words) => {
          fc.pre(!isPretended(words));
          expect(isStronger(effect, effectOfArgv(['kubectl', ...flags.flat(), ...verb, ...words]))).toBe(
            false,
          );
        },
      ),
    );
  });

  it('never reads a destroying verb as anything less, unless it surely pretends', () => {
    const verb = fc.constantFrom('delete', 'drain');
    fc.assert(
      fc.property(globalFlags, verb, fc.array(anyWord), (flags, destroying, words) => {
        fc.pre(!isPretended(words));
        expect(effectOfArgv(['kubectl', ...flags.flat(), destroying, ...words])).toBe('destroy');
      }),
    );
  });

  it('never takes an unknown flag for harmless', () => {
    const flag = fc.string({ minLength: 1, maxLength: 5 }).map((name) => `--zz${name.replaceAll('=', '')}`);
    fc.assert(
      fc.property(readCommand, flag, (argv, unknown) => {
        const [program = '', ...args] = argv;
        fc.pre(!args.includes('--'));
        expect(effectOfArgv([program, unknown, ...args])).not.toBe('read');
        expect(effectOfArgv([...argv, unknown])).not.toBe('read');
      }),
    );
  });
});
