import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.url(), 'certificate-authority-data': z.string() }) }),
  ]),
  users: z.tuple([z.object({ user: z.object({ token: z.string() }) })]),
});

/** Makes the sandbox's node schedulable again, as `kubectl uncordon` does: what the response left behind, the drill takes back. */
export async function uncordon(kubeconfig: string, node: string): Promise<void> {
  await mergePatch(kubeconfig, `/api/v1/nodes/${encodeURIComponent(node)}`, {
    spec: { unschedulable: null },
  });
}

/** One merge patch of an object of the sandbox's cluster. Throws on any answer but 200. */
export async function mergePatch(kubeconfig: string, path: string, body: object): Promise<void> {
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfig, 'utf8')));
  const { cluster } = clusters[0];
  const status = await patch(`${cluster.server}${path}`, {
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    token: users[0].user.token,
    body: JSON.stringify(body),
  });
  if (status !== 200) throw new Error(`PATCH ${path}: the Kubernetes API answered ${status}, expected 200`);
}

function patch(
  url: string,
  { ca, token, body }: { ca: Buffer; token: string; body: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' };
    const call = request(url, { method: 'PATCH', ca, headers, timeout: 10_000 }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    call.once('timeout', () => call.destroy(new Error(`PATCH ${url}: no answer within 10 s`)));
    call.once('error', reject);
    call.end(body);
  });
}
