import { forbidden, resourceOf, type ObjectStore, type Pod } from '#store';
import { quotaRefusal, quotaUse } from './quota-use.ts';
import { keyOf, refOf, ReconcileQueue, type ControllerContext } from './reconcile-queue.ts';

/** Keeps what each ResourceQuota says is used. */
export function startResourceQuotaController(context: ControllerContext): () => void {
  const { store } = context;
  const queue: ReconcileQueue = new ReconcileQueue(context, 'resourcequota-controller', (key) => {
    const quota = store.get('ResourceQuota', refOf(key));
    if (quota === undefined) return;
    const hard = quota.spec?.hard ?? {};
    const used = quotaUse(hard, store.list('Pod', { namespace: quota.metadata.namespace }));
    store.modify('ResourceQuota', quota.metadata, (draft) => {
      draft.status = {
        hard,
        used: Object.fromEntries(
          Object.entries(used).map(([resource, amount]) => [resource, String(amount)]),
        ),
      };
    });
  })
    .on('ResourceQuota', (quota) => [keyOf(quota)])
    .on('Pod', ({ metadata }) => store.list('ResourceQuota', { namespace: metadata.namespace }).map(keyOf));
  return () => queue.stop();
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
