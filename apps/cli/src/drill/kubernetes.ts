import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { z } from 'zod';

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.url(), 'certificate-authority-data': z.string() }) }),
  ]),
  users: z.tuple([z.object({ user: z.object({ token: z.string() }) })]),
});

export interface KubernetesAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The Kubernetes API of the sandbox, as its administrator. */
export interface Kubernetes {
  /** Any answer below 300, or one of `also`; throws with what was asked on any other. */
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, ask?: Asking): Promise<KubernetesAnswer>;
}

interface Asking {
  /** A PATCH is a merge patch. */
  readonly body?: object;
  readonly also?: readonly number[];
}

export function createKubernetes(kubeconfig: string): Kubernetes {
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfig, 'utf8')));
  const { cluster } = clusters[0];
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64');
  const { token } = users[0].user;
  return {
    async ask(method, path, { body, also = [] } = {}) {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const answer = await send(`${cluster.server}${path}`, {
        method,
        ca,
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body: body === undefined ? null : JSON.stringify(body),
      });
      if (answer.status < 300 || also.includes(answer.status)) return answer;
      throw new Error(
        `${method} ${path}: the Kubernetes API answered ${answer.status}, expected ${['2xx', ...also].join(' or ')}: ${JSON.stringify(answer.body).slice(0, 300)}`,
      );
    },
  };
}

interface Sending {
  readonly method: string;
  readonly ca: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

function send(url: string, { method, ca, headers, body }: Sending): Promise<KubernetesAnswer> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, ca, headers, timeout: 10_000 }, (response) => {
      text(response).then(
        (said) => resolve({ status: response.statusCode ?? 0, body: parseBody(said) }),
        reject,
      );
    });
    call.once('timeout', () => call.destroy(new Error(`${method} ${url}: no answer within 10 s`)));
    call.once('error', reject);
    call.end(body);
  });
}

function parseBody(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return said;
  }
}
