import { describe, expect, it } from 'vitest';
import { applyFixes } from './apply-fixes.ts';
import { lintRunbook } from './lint-runbook.ts';

const HEAD =
  '---\ntocsin:\n  service: shop-api\n  namespace: shop\n---\n\n## Phase 1: All (0-60 minutes)\n\n```bash';
const LINE_OF_COMMAND = 10;

function runbook(command: string, attributes = ''): string {
  return `${HEAD}${attributes}\n${command}\n\`\`\`\n`;
}

/** `safe`, `unsafe`: what the command reads like when the fix is applied; null: no fix. */
interface Row {
  code: string;
  hit: string;
  miss: string;
  safe?: string;
  unsafe?: string;
}

const ROWS: Row[] = [
  {
    code: 'RB022',
    hit: 'kubectl cordon <Node Name>',
    miss: 'kubectl cordon <node-name>',
    unsafe: 'kubectl cordon <node-name>',
  },
  {
    code: 'RB022',
    hit: 'kubectl get pod <POD_NAME> -n shop',
    miss: "kubectl get pods -n shop -o go-template='{{ range .items }}{{ end }}'",
    unsafe: 'kubectl get pod <pod-name> -n shop',
  },
  {
    code: 'RB022',
    hit: 'curl --fail --max-time 5 "https://x.example/{{ tenant id }}"',
    miss: 'curl --fail --max-time 5 "https://x.example/<tenant-id>"',
    unsafe: 'curl --fail --max-time 5 "https://x.example/<tenant-id>"',
  },
  { code: 'RB022', hit: 'cat <EOF_MARK> out', miss: 'cat <<EOF >out\nEOF', unsafe: 'cat <eof-mark> out' },
  {
    code: 'RB031',
    hit: 'curl -sk --fail --max-time 5 https://x.example',
    miss: 'curl -s --key k.pem --fail --max-time 5 https://x.example',
    unsafe: 'curl -s --fail --max-time 5 https://x.example',
  },
  {
    code: 'RB031',
    hit: 'kubectl --insecure-skip-tls-verify get nodes',
    miss: 'kubectl --insecure-skip-tls-verify=false get nodes',
    unsafe: 'kubectl get nodes',
  },
  {
    code: 'RB040',
    hit: 'kubectl get pods -n shop -w',
    miss: 'kubectl get pods -n shop -o wide',
    unsafe: 'kubectl get pods -n shop',
  },
  {
    code: 'RB040',
    hit: 'kubectl exec -it deploy/shop-api -n shop -- env',
    miss: 'kubectl exec deploy/shop-api -n shop -- env',
    unsafe: 'kubectl exec deploy/shop-api -n shop -- env',
  },
  {
    code: 'RB041',
    hit: 'kubectl run probe --image=redis:6 --rm --attach -- redis-cli ping',
    miss: 'kubectl run probe -n shop --image=redis:6 --rm --attach -- redis-cli ping',
    safe: 'kubectl run probe -n shop --image=redis:6 --rm --attach -- redis-cli ping',
  },
  {
    code: 'RB041',
    hit: 'kubectl run probe --image=redis:6',
    miss: 'kubectl --namespace=shop run probe --image=redis:6',
    unsafe: 'kubectl run probe -n shop --image=redis:6',
  },
  { code: 'RB042', hit: 'kubectl get nodes && date', miss: 'kubectl get nodes | grep a' },
  { code: 'RB042', hit: 'helm list', miss: 'sleep 3' },
  { code: 'RB043', hit: 'sleep 30', miss: 'kubectl get nodes # sleep 30' },
  {
    code: 'RB044',
    hit: 'kubectl apply -f https://x.example/a.yaml -n shop',
    miss: 'kubectl apply -f a.yaml -n shop',
  },
  {
    code: 'RB044',
    hit: 'kubectl apply --filename=http://x.example/a.yaml -n shop',
    miss: 'kubectl annotate deploy shop-api -n shop docs=https://x.example/a.yaml',
  },
  {
    code: 'RB045',
    hit: 'kubectl get pods -n\u00A0shop',
    miss: 'kubectl get pods -n shop # caf\u00E9 \u2013 all',
    unsafe: 'kubectl get pods -n shop',
  },
  {
    code: 'RB045',
    hit: 'kubectl get pods -n shop \u2013o wide',
    miss: "kubectl get pods -n shop -l 'a=\u00E9'",
    unsafe: 'kubectl get pods -n shop -o wide',
  },
  {
    code: 'RB045',
    hit: 'kubectl get pods \u202E-n shop',
    miss: 'kubectl get pods -n shop',
    unsafe: 'kubectl get pods -n shop',
  },
  {
    code: 'RB045',
    hit: 'psql -c \u201CSELECT 1\u201D',
    miss: 'psql -c "SELECT 1"',
    unsafe: 'psql -c "SELECT 1"',
  },
  {
    code: 'RB045',
    hit: 'kubectl get\tpods -n shop',
    miss: 'kubectl get pods \\\n\t-n shop',
    safe: 'kubectl get pods -n shop',
  },
  {
    code: 'RB045',
    hit: "psql -c 'SELECT\t1'",
    miss: "psql -c 'SELECT 1'",
    unsafe: "psql -c 'SELECT 1'",
  },
  {
    code: 'RB046',
    hit: 'kubectl set image deploy/shop-api api=r.example:5000/shop:latest -n shop',
    miss: 'kubectl set image deploy/shop-api api=r.example:5000/shop:1.2 -n shop',
  },
  {
    code: 'RB046',
    hit: 'kubectl run a -n shop --image=r.example:5000/shop --rm --attach -- true',
    miss: 'kubectl run a -n shop --image=shop@sha256:0123 --rm --attach -- true',
  },
  {
    code: 'RB047',
    hit: 'kubectl set resources deploy/shop-api -n shop --limits=cpu=1,memory=1Gi',
    miss: 'kubectl set resources deploy/shop-api -n shop --requests=memory=1Gi',
  },
  {
    code: 'RB047',
    hit: `kubectl patch deploy shop-api -n shop -p '{"spec":{"limits":{"cpu":"2"}}}'`,
    miss: `kubectl get deploy shop-api -n shop -o yaml\nkubectl patch deploy shop-api -n shop -p '{"spec":{"limits":{"cpu":"2"}}}'`,
  },
  {
    code: 'RB048',
    hit: 'kubectl exec shop-api-7d9f8b6c5d-x2x4z -n shop -- env',
    miss: 'kubectl exec shop-api-0 -n shop -- env',
    unsafe: 'kubectl exec deployment/shop-api -n shop -- env',
  },
  {
    code: 'RB048',
    hit: 'kubectl delete pod shop-api-7d9f8b6c5d-x2x4z -n shop',
    miss: 'kubectl delete pod shop-api-blue-green -n shop',
  },
  {
    code: 'RB049',
    hit: 'kubectl delete pod db-0 -n shop --force --grace-period 0',
    miss: 'kubectl delete pod db-0 -n shop --grace-period=30',
    unsafe: 'kubectl delete pod db-0 -n shop',
  },
  {
    code: 'RB050',
    hit: 'kubectl -n logs logs -l app=a',
    miss: 'kubectl -n shop logs deploy/shop-api',
    safe: 'kubectl -n logs logs --tail=500 -l app=a',
  },
  {
    code: 'RB051',
    hit: 'kubectl get events -n shop --sort-by=.lastTimestamp | head -n 20',
    miss: 'kubectl get events -n shop --sort-by=.lastTimestamp | sort -r | head -20',
    safe: 'kubectl get events -n shop --sort-by=.lastTimestamp | tail -n 20',
  },
  {
    code: 'RB051',
    hit: 'kubectl get events -n shop --sort-by=.lastTimestamp | head -n -20',
    miss: 'kubectl get events -n shop | head -20',
    unsafe: 'kubectl get events -n shop --sort-by=.lastTimestamp | tail -n -20',
  },
  {
    code: 'RB052',
    hit: 'kubectl describe nodes | grep -A5 Conditions',
    miss: 'kubectl describe nodes | grep -A 7 Conditions',
    safe: 'kubectl describe nodes | grep -A 8 Conditions',
  },
  {
    code: 'RB052',
    hit: 'kubectl describe nodes | grep Conditions:',
    miss: 'kubectl describe nodes | grep Ready',
    safe: 'kubectl describe nodes | grep -A 8 Conditions:',
  },
  {
    code: 'RB054',
    hit: 'curl -sf https://x.example',
    miss: 'curl -sf -m 5 https://x.example',
    safe: 'curl --max-time 10 -sf https://x.example',
  },
  {
    code: 'RB054',
    hit: 'curl -X POST https://x.example',
    miss: 'curl -X POST --fail-with-body --max-time 5 https://x.example',
    unsafe: 'curl --fail --max-time 10 -X POST https://x.example',
  },
  {
    code: 'RB055',
    hit: 'kubectl get ep/shop-api -n shop',
    miss: 'kubectl get endpointslices -n shop',
    safe: 'kubectl get endpointslices -l kubernetes.io/service-name=shop-api -n shop',
  },
  {
    code: 'RB055',
    hit: "kubectl get endpoints shop-api -n shop -o jsonpath='{.subsets}'",
    miss: 'kubectl get svc endpoints -n shop',
    unsafe:
      "kubectl get endpointslices -l kubernetes.io/service-name=shop-api -n shop -o jsonpath='{.subsets}'",
  },
  {
    code: 'RB056',
    hit: 'kubectl get pods',
    miss: 'kubectl get pods -A',
    safe: 'kubectl get -n shop pods',
  },
  {
    code: 'RB056',
    hit: 'kubectl scale deploy/shop-api --replicas=3',
    miss: 'kubectl cordon <node-name>',
    unsafe: 'kubectl scale -n shop deploy/shop-api --replicas=3',
  },
  { code: 'RB056', hit: 'kubectl logs -f deploy/shop-api', miss: 'kubectl get nodes' },
  {
    code: 'RB057',
    hit: 'kubectl get pods -n staging',
    miss: 'kubectl get pods -n kube-system',
    unsafe: 'kubectl get pods -n shop',
  },
  {
    code: 'RB057',
    hit: 'kubectl get deploy/shop-apj -n shop',
    miss: 'kubectl get deploy/shop-api-canary -n shop',
    unsafe: 'kubectl get deploy/shop-api -n shop',
  },
  {
    code: 'RB058',
    hit: 'kubectl rollout status deploy/shop-api -n shop',
    miss: 'kubectl rollout status deploy/shop-api -n shop --watch=false',
    safe: 'kubectl rollout status --timeout=5m deploy/shop-api -n shop',
  },
  { code: 'RB063', hit: 'kubectl delete pods --all -n shop', miss: 'kubectl delete pods -l a=b -n shop' },
  { code: 'RB063', hit: 'kubectl delete ns shop', miss: 'kubectl get ns shop' },
  {
    code: 'RB064',
    hit: 'kubectl drain <node-name> --force',
    miss: 'kubectl drain <node-name> --force --dry-run=server',
    unsafe: 'kubectl drain <node-name>',
  },
  {
    code: 'RB065',
    hit: 'kubectl exec db-0 -n shop -- psql -c "SELECT 1; DELETE FROM jobs"',
    miss: 'psql -c "DELETE FROM jobs WHERE id = 7"',
  },
  { code: 'RB065', hit: 'psql -c "TRUNCATE jobs"', miss: 'psql -c "SELECT \'x update y\'"' },
  { code: 'RB066', hit: 'redis-cli -h cache KEYS *', miss: 'redis-cli -h cache get keys' },
  {
    code: 'RB066',
    hit: 'kubectl exec cache-0 -n shop -- redis-cli flushall',
    miss: 'redis-cli -h cache info',
  },
];

function hitsOf(command: string, code: string) {
  return lintRunbook(runbook(command)).filter((problem) => problem.code === code);
}

describe.each(ROWS)('$code: $hit', ({ code, hit, miss }) => {
  const [problem] = hitsOf(hit, code);

  it('is hit, in its line', () => {
    expect(problem).toMatchObject({ line: LINE_OF_COMMAND });
  });

  it(`is not hit by ${miss}`, () => {
    expect(hitsOf(miss, code)).toEqual([]);
  });

  it('has a suggestion', () => {
    expect(problem?.suggestion).toBeTruthy();
  });
});

describe.each(ROWS.filter((row) => (row.safe ?? row.unsafe) !== undefined))('$code: $hit', (row) => {
  const expected = row.safe ?? row.unsafe ?? '';
  const [problem] = hitsOf(row.hit, row.code);

  it(`becomes ${expected}`, () => {
    const fixes = problem?.fix === undefined ? [] : [problem.fix];
    expect(fixes.map(({ safe }) => safe)).toEqual([row.safe !== undefined]);
    expect(applyFixes(runbook(row.hit), fixes).markdown).toBe(runbook(expected));
    const again = hitsOf(expected, row.code).map(({ message }) => message);
    expect(again).not.toContain(problem?.message);
  });
});

const timeoutFixes = (command: string): (boolean | undefined)[] =>
  hitsOf(command, 'RB060')
    .filter(({ message }) => message.includes('timeout'))
    .map(({ fix }) => fix?.safe);

describe('where a fix does not fit', () => {
  it('adds no attribute that would speak for another statement of the fence', () => {
    const search = 'kubectl logs -n shop deploy/shop-api | grep error';
    const section = 'kubectl describe nodes | grep -A 8 Conditions';
    expect(hitsOf(search, 'RB053')[0]?.fix?.safe).toBe(true);
    expect(hitsOf(`${search}\n${section}`, 'RB053')[0]?.fix?.safe).toBe(false);
  });

  it('gives a time limit to a drain that stands alone only', () => {
    expect(timeoutFixes('kubectl drain <node-name>')).toEqual([true]);
    expect(timeoutFixes('kubectl drain <node-name>\nkubectl get nodes')).toEqual([false]);
  });

  it.each([' {.numbered}', ' {"tocsin-no-match":', ' {"tocsin-no-match":"no"}'])(
    'leaves the attributes%s alone',
    (attributes) => {
      const markdown = runbook('kubectl logs -n shop deploy/shop-api | grep error', attributes);
      const hit = lintRunbook(markdown).find(({ code }) => code === 'RB053');
      expect(hit?.fix).toBeUndefined();
    },
  );

  it('invents no namespace where the document names two', () => {
    const commands = ['kubectl get pods -n a', 'kubectl get pods -n b', 'kubectl get svc'].join('\n');
    const markdown = `## Phase 1: All (0-60 minutes)\n\n\`\`\`bash\n${commands}\n\`\`\`\n`;
    const hit = lintRunbook(markdown).find(({ code }) => code === 'RB056');
    expect(hit).toMatchObject({ line: 6, suggestion: 'kubectl get -n NAMESPACE svc' });
    expect(hit?.fix).toBeUndefined();
  });

  it('edits commands inside lists, quotes and transcripts at their places', () => {
    const markdown = [
      '## Phase 1: All (0-60 minutes)',
      '',
      '1. **Look**',
      '   ```bash',
      '   kubectl logs \\',
      '     -l app=a',
      '   ```',
      '> ```console',
      '> $ kubectl logs -l app=b',
      '> ```',
    ].join('\r\n');
    const fixes = lintRunbook(markdown).flatMap(({ code, fix }) => (code === 'RB050' && fix ? [fix] : []));
    expect(applyFixes(markdown, fixes).markdown).toBe(
      markdown.replace('logs \\', 'logs --tail=500 \\').replace('logs -l app=b', 'logs --tail=500 -l app=b'),
    );
  });
});
