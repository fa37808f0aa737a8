import { resources } from '#store';
import { authorizePath, may, type Account } from './accounts.ts';

interface AccessReviewSpec {
  resourceAttributes?: { verb?: string; group?: string; resource?: string; subresource?: string };
  nonResourceAttributes?: { path?: string };
}

function allows(account: Account, { resourceAttributes, nonResourceAttributes }: AccessReviewSpec): boolean {
  if (resourceAttributes !== undefined) {
    const { verb = '', group = '', resource = '', subresource } = resourceAttributes;
    return may(account, { verb, group, plural: resource, subresource });
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

/** All types but Secrets: the core group by name, every other group whole. */
const viewable = [
  {
    apiGroups: [''],
    resources: resources
      .filter(({ group, plural }) => group === '' && plural !== 'secrets')
      .map(({ plural }) => plural),
  },
  {
    apiGroups: [...new Set(resources.map(({ group }) => group))].filter((group) => group !== ''),
    resources: ['*'],
  },
];

function rulesOf({ rights }: Account): object {
  const own = (['authentication', 'authorization'] as const).map((family) => ({
    verbs: ['create'],
    apiGroups: [`${family}.k8s.io`],
    resources: reviews[family],
  }));
  const all = { apiGroups: ['*'], resources: ['*'] };
  const admin = [{ ...all, verbs: ['*'] }];
  const view = viewable.map((these) => ({ ...these, verbs: ['get', 'list', 'watch'] }));
  const given = rights === 'admin' ? admin : rights === 'view' ? view : [];
  const paths = [
    '/api',
    '/api/*',
    '/apis',
    '/apis/*',
    '/healthz',
    '/livez',
    '/openapi',
    '/openapi/*',
    '/readyz',
    '/version',
    '/version/',
  ];
  const nonResourceRules = [{ verbs: ['get'], nonResourceURLs: paths }];
  return { resourceRules: [...given, ...own], nonResourceRules, incomplete: false };
}

/** What Kubernetes' self reviews say of an account: who it is, whether it may, what it may. */
export function reviewStatus(kind: string, account: Account, spec: AccessReviewSpec): object {
  if (kind === 'SelfSubjectAccessReview') return { allowed: allows(account, spec) };
  if (kind === 'SelfSubjectRulesReview') return rulesOf(account);
  const groups = [...(account.rights === 'admin' ? ['system:masters'] : []), 'system:authenticated'];
  return { userInfo: { username: account.name, groups } };
}
