import { describe, expect, it } from 'vitest';
import { parseStatements } from '../actions/parse-statements.ts';
import type { Effect } from '../plan.ts';
import { effectOfPipeline } from './effect-of-argv.ts';

const TABLE: Record<Effect, string[]> = {
  read: [
    'kubectl get pods',
    'kubectl -n delete get pods',
    'kubectl --namespace=x describe nodes | grep -A 5 Conditions',
    'kubectl logs -p pod-a -n platform',
    'kubectl rollout status deployment/a --timeout=5m',
    'kubectl rollout history deployment/a',
    'kubectl auth can-i delete pods',
    'kubectl config view',
    'kubectl delete pod a --dry-run=server',
    'kubectl drain node-a --dry-run=client',
    'kubectl exec -n p statefulset/postgres -- psql -c "SELECT count(*) FROM pg_stat_activity"',
    'curl https://x/health',
    'curl -sSf -m 5 -o /dev/null https://x',
    'curl -G -d a=b https://x',
    'curl --head https://x',
    'psql -h db -c "select 1; show max_connections"',
    'psql -c "select \'drop table x\' -- delete"',
    'psql -c "\\d+ users"',
    'psql -c "explain select 1"',
    'redis-cli -h r ping',
    'redis-cli -h r CONFIG GET maxmemory',
    'helm status a',
  ],
  'create-temp': [
    'kubectl run d --image=a --rm --attach -- redis-cli ping',
    'kubectl run d --image=a --rm -it -- sh',
    'kubectl run d --image=a --rm -it',
  ],
  mutate: [
    'kubectl run d --image=a',
    'kubectl cordon n',
    'kubectl uncordon n',
    'kubectl rollout restart deployment/a',
    'kubectl rollout undo deployment/a',
    'kubectl patch deployment a -p {}',
    'kubectl scale deploy/a --replicas=3',
    'kubectl delete-everything',
    'kubectl',

    'kubectl auth reconcile -f a',
    'kubectl config use-context b',
    'kubectl drain-ish n --dry-run=none',

    'curl -d a=b https://x',
    'curl -XPUT https://x',
    'curl -sX POST https://x',
    'curl -K conf https://x',
    'curl -o file https://x',
    'curl file:///etc/passwd',
    'psql -f a.sql',
    'psql -c "select pg_terminate_backend(1)"',
    'psql -c "update a set b = 1"',
    'psql -c "select * into b from a"',
    'psql -c "explain analyze insert into a values (1)"',
    'psql -c "\\! reboot"',
    "psql -c 'select $$x$$'",
    'redis-cli config set a b',
    'redis-cli --eval x.lua',
    'helm upgrade a b',
    'sort -o file',

    'toString',
  ],
  destroy: [
    'kubectl drain n',
    'kubectl delete pod a',
    'kubectl -n get delete pod a',
    'kubectl delete pod a --dry-run=none',
    'kubectl replace --force -f a',
    'kubectl apply --prune -f a',
    'kubectl scale deploy/a --replicas=0',
    'kubectl rollout restart statefulset/a',
    'kubectl rollout restart sts a',
    'kubectl taint nodes a k=v:NoExecute',
    'kubectl run d --rm --image=a --attach -- psql -c "drop table a"',
    'kubectl get pods | kubectl delete -f -',
    'curl -X DELETE https://x',
    'psql -c "select 1; drop table a"',
    'psql -c "with d as (delete from a returning 1) select 1"',
    'psql -c "select 1 -- it\'s\n; truncate a; -- \'"',
    'redis-cli FLUSHALL',
    'helm uninstall a',
  ],
};

const rows = Object.entries(TABLE).flatMap(([effect, texts]) =>
  texts.map((text): [string, string] => [effect, text]),
);

describe('effect of a command', () => {
  it.each(rows)('%s: %s', (effect, text) => {
    const [statement, ...more] = parseStatements(text);
    expect(more).toEqual([]);
    expect(statement?.pipeline).not.toBeNull();
    expect(effectOfPipeline(statement?.pipeline ?? [])).toBe(effect);
  });
});
