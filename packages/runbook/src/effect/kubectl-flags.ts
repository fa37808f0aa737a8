import { flagTable, type FlagTable } from './flags.ts';

/** Flags of kubectl 1.27 to 1.33, as `kubectl options` and `kubectl VERB --help` list them. */
const GLOBAL_VALUED =
  '--as --as-group --as-uid --as-user-extra --cache-dir --certificate-authority --client-certificate --client-key --cluster --context --kubeconfig --kuberc --log-flush-frequency --namespace -n --password --profile --profile-output --request-timeout --server -s --tls-server-name --token --user --username --v -v --vmodule';

const GLOBAL_SWITCHES =
  '--disable-compression --insecure-skip-tls-verify --match-server-version --warnings-as-errors';

const VALUED =
  '--accept-hosts --accept-paths --address --aggregation-rule --annotation --annotations --api-group --api-prefix --api-version --audience --auth-provider --auth-provider-arg --bound-object-kind --bound-object-name --bound-object-uid --categories --chunk-size --class --cluster-ip --clusterrole --concurrency --container -c --copy-to --cpu --cpu-percent --current-replicas --custom --default-backend --description --duration --env -e --exec-api-version --exec-arg --exec-command --exec-env --exec-interactive-mode --external-ip --field-manager --field-selector --filename -f --for --from --from-env-file --from-file --from-literal --grace-period --group --hard --helm-api-versions --helm-command --helm-kube-version --image --image-pull-policy --keepalive --keys --kustomize -k --label-columns -L --labels --limit-bytes --limits --load-balancer-ip --load-restrictor --max --max-log-requests --max-unavailable --memory --min --min-available --mount --name --namespaces --network-name --non-resource-url --output -o --output-directory --override-type --overrides --patch -p --patch-file --pod-running-timeout --pod-selector --port --preemption-policy --protocol --proxy-url --prune-allowlist --raw --reject-methods --reject-paths --replicas -r --requests --resource --resource-name --resource-version --restart --retries --revision --role --rule --schedule --scopes --selector -l --serviceaccount --session-affinity --set-image --since --since-time --skip-wait-for-delete-timeout --sort-by --subresource --tail --target --target-port --tcp --template --timeout --to-revision --type --types --unix-socket --value --verb --verbs --www --www-prefix --cert --key --docker-server --docker-username --docker-password --docker-email --node-port --clusterip --resource-names';

/** `--dry-run`, `--cascade` and `--validate` take a value only behind `=`. */
const SWITCHES =
  '--all --all-containers --all-namespaces -A --all-pods --allow-missing-template-keys --append-hash --append-server-path --arguments-only --as-current-user --attach --cached --cascade --client --command --containers --create-annotation --current --delete-emptydir-data --disable-eviction --disable-filter --dry-run --edit --embed-certs --enable-alpha-plugins --enable-helm --exec-provide-cluster-info --expose --flatten --follow --force --force-conflicts --global-default --help -h --helm-debug --ignore-daemonsets --ignore-errors --ignore-not-found --insecure-skip-tls-verify-backend --interactive -i --keep-annotations --keep-init-containers --keep-labels --keep-liveness --keep-readiness --keep-startup --leave-stdin-open --list --local --merge --minify --name-only --namespaced --network --no-headers --no-preserve --now --openapi-patch --output-patch --output-watch-events --overwrite --prefix --previous --privileged --prune --quiet -q --record --recursive -R --remove-extra-permissions --remove-extra-subjects --replace --resolve --rm --same-node --save-config --server-print --server-side --set-raw-bytes --share-processes --show-capacity --show-events --show-kind --show-labels --show-managed-fields --show-swap --stdin --sum --timestamps --tty -t --use-protocol-buffers --validate --wait --watch -w --watch-only --windows-line-endings';

/** For finding the verb, and for every verb that means nothing else by a flag. */
export const KUBECTL_FLAGS = table(`${GLOBAL_VALUED} ${VALUED}`, SWITCHES);

/** `-p` is "previous" to logs and "patch" to patch; `-f` is "follow" to logs and "file" elsewhere. */
const BY_VERB: ReadonlyMap<string, FlagTable> = new Map([
  ['logs', table(without(`${GLOBAL_VALUED} ${VALUED}`, '-f', '-p'), `${SWITCHES} -f -p`)],
  [
    'set',
    table(`${GLOBAL_VALUED} ${VALUED} --containers --prefix`, without(SWITCHES, '--containers', '--prefix')),
  ],
  ['proxy', table(`${GLOBAL_VALUED} ${VALUED} -w -u -P`, without(SWITCHES, '-w'))],
  ['config', table(without(`${GLOBAL_VALUED} ${VALUED}`, '--raw'), `${SWITCHES} --raw`)],
]);

/** The flag table of a verb. */
export function kubectlFlags(verb: string): FlagTable {
  return BY_VERB.get(verb) ?? KUBECTL_FLAGS;
}

function table(valued: string, switches: string): FlagTable {
  return flagTable(valued, `${switches} ${GLOBAL_SWITCHES}`, GLOBAL_SWITCHES);
}

function without(names: string, ...gone: string[]): string {
  return names
    .split(' ')
    .filter((name) => !gone.includes(name))
    .join(' ');
}
