/** Kinds that live in a namespace, with the short names of kubectl. */
const KINDS =
  'all pod pods po deployment deployments deploy service services svc endpoints endpoint ep endpointslice endpointslices event events ev ingress ingresses ing configmap configmaps cm secret secrets statefulset statefulsets sts daemonset daemonsets ds replicaset replicasets rs job jobs cronjob cronjobs cj persistentvolumeclaim persistentvolumeclaims pvc networkpolicy networkpolicies netpol horizontalpodautoscaler horizontalpodautoscalers hpa poddisruptionbudget poddisruptionbudgets pdb serviceaccount serviceaccounts sa role roles rolebinding rolebindings resourcequota resourcequotas quota limitrange limitranges limits lease leases';

const NAMESPACED = new Set(KINDS.split(' '));

/** True when one of the kinds in `pods,services` or `deployment/api` lives in a namespace. */
export function isNamespaced(word: string): boolean {
  return word.split(',').some((kind) => NAMESPACED.has((kind.split(/[./]/)[0] ?? '').toLowerCase()));
}
