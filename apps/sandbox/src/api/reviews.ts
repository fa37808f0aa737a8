import { authorizePath, may, type Account } from './accounts.ts';

interface AccessReviewSpec {
  resourceAttributes?: { group?: string; resource?: string };
  nonResourceAttributes?: { path?: string };
}

function allows(account: Account, { resourceAttributes, nonResourceAttributes }: AccessReviewSpec): boolean {
  if (resourceAttributes !== undefined) {
    const { group = '', resource: plural = '' } = resourceAttributes;
    return may(account, { group, plural });
  }
  try {
    authorizePath(account, nonResourceAttributes?.path ?? '');
    return true;
  } catch {
    return false;
  }
}

const reviews = {
  authentication: ['selfsubjectreviews'],
  authorization: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
};

function rulesOf({ isAdmin }: Account): object {
  const own = (['authentication', 'authorization'] as const).map((family) => ({
    verbs: ['create'],
    apiGroups: [`${family}.k8s.io`],
    resources: reviews[family],
  }));
  const all = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  const trees = ['/api', '/apis', '/openapi'].flatMap((root) => [root, `${root}/*`]);
  const paths = [...trees, '/healthz', '/livez', '/readyz', '/version', '/version/'];
  const nonResourceRules = [{ verbs: ['get'], nonResourceURLs: paths }];
  return { resourceRules: isAdmin ? [all, ...own] : own, nonResourceRules, incomplete: false };
}

/** What Kubernetes' self reviews say of an account: who it is, whether it may, what it may. */
export function reviewStatus(kind: string, account: Account, spec: AccessReviewSpec): object {
  if (kind === 'SelfSubjectAccessReview') return { allowed: allows(account, spec) };
  if (kind === 'SelfSubjectRulesReview') return rulesOf(account);
  const groups = [...(account.isAdmin ? ['system:masters'] : []), 'system:authenticated'];
  return { userInfo: { username: account.name, groups } };
}
