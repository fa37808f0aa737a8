import { forbidden, resourceOf, type ObjectStore, type Pod } from '#store';
import { Controller, type ControllerContext } from './controller.ts';
import { quotaRefusal, quotaUse } from './quota-use.ts';

/** Keeps what each ResourceQuota says is used. */
export function startResourceQuotaController(context: ControllerContext): Controller {
  const { store } = context;
  return new Controller(context, 'resourcequota-controller', (_controller, ref) => {
    const quota = store.get('ResourceQuota', ref);
    if (quota === undefined) return;
    const hard = quota.spec?.hard ?? {};
    const used = Object.entries(quotaUse(hard, store.list('Pod', { namespace: ref.namespace })));
    store.modify('ResourceQuota', ref, (draft) => {
      draft.status = { hard, used: Object.fromEntries(used.map(([name, amount]) => [name, String(amount)])) };
    });
  })
    .on('ResourceQuota', ({ metadata }) => [metadata])
    .on('Pod', ({ metadata: { namespace } }) =>
      store.list('ResourceQuota', { namespace }).map(({ metadata }) => metadata),
    );
}

/** Throws 403 when a quota of the namespace has no room for a new pod. */
export function checkQuotas(store: ObjectStore, pod: Pod): void {
  const { namespace, name } = pod.metadata;
  const quotas = store.list('ResourceQuota', { namespace });
  if (quotas.length === 0) return;
  const pods = store.list('Pod', { namespace });
  for (const { metadata, spec } of quotas) {
    const why = quotaRefusal(metadata.name, spec?.hard ?? {}, pods, pod);
    if (why !== undefined) throw forbidden(resourceOf('Pod'), name, why);
  }
}
