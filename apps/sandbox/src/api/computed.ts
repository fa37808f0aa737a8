import { notImplemented } from '#store';
import { authorize, type Account } from './accounts.ts';
import { answerMetrics } from './metrics.ts';
import type { ApiContext, ApiRequest, Reply } from './reply.ts';
import { reviewFromProtobuf } from './review-body.ts';
import { reviewStatus } from './reviews.ts';
import { computedResources } from './served-resources.ts';

interface Review {
  spec?: object;
}

const form = /^\/apis\/([^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/;

/** Answers for resources that are not stored: reviews of oneself, and metrics. Undefined for any other path. */
export async function answerComputed(
  context: ApiContext,
  account: Account,
  { path, query, method, body }: ApiRequest,
): Promise<Reply | undefined> {
  const [, groupVersion, namespace, plural, name] = form.exec(path) ?? [];
  const resource = computedResources(context).find(
    (one) => `${one.group}/${one.version}` === groupVersion && one.plural === plural,
  );
  if (resource === undefined) return undefined;
  const verb = method === 'POST' ? 'create' : name === undefined ? 'list' : 'get';
  if (!resource.verbs.includes(verb)) throw notImplemented(`${method} on ${resource.plural}`);
  authorize(account, verb, { resource, namespace, name });
  if (verb !== 'create') return answerMetrics(context, resource, { namespace, name, query });
  const sent = Buffer.isBuffer(body) ? reviewFromProtobuf(resource.kind, body) : (body as Review | undefined);
  const status = reviewStatus(resource.kind, account, sent?.spec ?? {});
  return {
    code: 201,
    body: { kind: resource.kind, apiVersion: groupVersion, metadata: {}, ...sent, status },
  };
}
