import { describe, expect, it } from 'vitest';
import { parseStatements } from './parse-statements.ts';
import { whyManual } from './why-manual.ts';

function reasonOf(text: string): string | null {
  const pipeline = parseStatements(text)[0]?.pipeline ?? null;
  return pipeline === null ? 'no pipeline' : whyManual(pipeline);
}

describe('why a person has to run it', () => {
  it.each([
    'kubectl get pods -A | grep -iE -A 2 error | sort -rn -k2 -t: | head -5',
    'kubectl get pods | cut -d: -f1 | uniq -c | wc -l',
    'kubectl get pods | grep -e a -e b | tail -n +2',
    'kubectl exec a -- cat /etc/hosts',
    'curl --fail --max-time 5 https://x/a',
    "curl -g 'https://x/a[1]'",
    'psql -c "select 1"',
    'redis-cli -h x ping',
    'kubectl logs -l a=b --tail=5',
  ])('the responder runs %s', (text) => {
    expect(reasonOf(text)).toBeNull();
  });

  it.each([
    ['helm list', 'helm is not a program'],
    ['/usr/bin/kubectl get pods', '/usr/bin/kubectl is not a program'],
    ['sudo kubectl get pods', 'sudo is not a program'],
    ['kubectl get pods | awk 1', 'awk is not among the filters'],
    ['kubectl get pods | tee f', 'tee is not among the filters'],
    ['kubectl get pods | xargs kubectl delete', 'xargs is not among the filters'],
    ['kubectl get pods | kubectl delete -f -', 'kubectl is not among the filters'],
    ['kubectl get pods | grep a f', 'grep: reading files is not supported (f)'],
    ['kubectl get pods | grep -f f', 'grep: option -f is not known'],
    ['kubectl get pods | grep -r a', 'grep: option -r is not known'],
    ['kubectl get pods | grep -P a', 'grep: option -P is not known'],
    ['kubectl get pods | sort -o f', 'sort: option -o is not known'],
    ['kubectl get pods | sort --files0-from=f', 'sort: option --files0-from=f is not known'],
    ['kubectl get pods | head f', 'head: reading files is not supported (f)'],
    ['kubectl get pods | tail -5 f', 'tail: reading files is not supported (f)'],
    ['kubectl get pods | tail -f', 'tail -f never ends'],
    ['kubectl get pods | tail -n 5 -F', 'tail -f never ends'],
    ['kubectl get pods | wc --files0-from=f', 'wc: option --files0-from=f is not known'],
    ['kubectl get pods | uniq a b', 'uniq: reading files is not supported (a)'],
    ['kubectl get pods | head -n', 'head: option -n lacks its value'],
    ['kubectl get pods --context b', "another cluster or identity than the responder's own (--context)"],
    ['kubectl --kubeconfig=/x get pods', '(--kubeconfig)'],
    ['kubectl get pods -s https://x', '(-s)'],
    ['kubectl get pods --token=a', '(--token)'],
    ['kubectl get pods --as=a', '(--as)'],
    ['kubectl apply -f https://x/a.yaml', 'it takes whatever https://x/a.yaml holds at that moment'],
    ['kubectl apply -f a.yaml', 'it reads the file a.yaml'],
    ['kubectl apply -k a', 'it reads the file a'],
    ['kubectl create -f -', 'it reads what is typed or piped in'],
    ['kubectl cp a:/b c', 'it copies a file'],
    ['kubectl edit deployment a', 'it needs a terminal'],
    ['kubectl apply edit-last-applied a', 'it needs a terminal'],
    ['kubectl exec -it a -- sh', 'it needs a terminal'],
    ['kubectl delete -i pod a', 'it needs a terminal'],
    ['kubectl logs -f a', '--follow'],
    ['kubectl port-forward a 1', 'it never ends'],
    ['curl -s', 'curl without a URL'],
    ['curl https://a https://b', 'more than one URL'],
    ['curl https://a --url https://b', 'more than one URL'],
    ['curl https://a --next https://b', 'more than one URL'],
    ["curl 'https://{a,b}/'", 'several URLs'],
    ['curl --resolve a:443:b https://a', 'the request goes elsewhere than its URL says (--resolve)'],
    ['curl -x b https://a', 'the request goes elsewhere than its URL says (-x)'],
    ['psql', 'needs a terminal'],
    ['psql -f a', 'a file that the responder does not have (-f)'],
    ['redis-cli', 'needs a terminal'],
    ['redis-cli monitor', 'it never ends'],
    ['redis-cli -x set a', 'reads what is typed or piped in'],
  ])('%s: %s', (text, reason) => {
    expect(reasonOf(text)).toContain(reason);
  });
});
