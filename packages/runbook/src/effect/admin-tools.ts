import { verbs, type VerbTable } from './by-verb.ts';
import { flagTable } from './flags.ts';

const containers: VerbTable = {
  flags: flagTable(
    '--format --filter -f --tail -n --since --until --host -H --context --runtime-endpoint -r --output -o --name --namespace --state --label',
    '--all -a --quiet -q --no-trunc --timestamps -t --no-stream --size -s --latest -l',
  ),
  reads: verbs(
    'ps images inspect logs stats top version info port history pods image_ls container_ls network_ls volume_ls',
  ),
  destroys: verbs(
    'rm rmi kill stop stopp rmp prune system_prune volume_rm volume_prune network_rm image_rm container_rm container_prune image_prune down',
  ),
};

const meshes = flagTable(
  '--namespace -n --output -o --istioNamespace -i --selector -l --context',
  '--all-namespaces -A',
);

/** Programs judged by their first words alone. */
export const ADMIN_TOOLS: Readonly<Record<string, VerbTable>> = {
  docker: containers,
  podman: containers,
  nerdctl: containers,
  crictl: containers,
  systemctl: {
    flags: flagTable(
      '--lines -n --output -o --type -t --state --property -p',
      '--no-pager --all -a --full -l --failed --quiet -q --plain --no-legend',
    ),
    reads: verbs(
      'status is-active is-enabled is-failed list-units list-unit-files list-timers list-sockets show cat get-default',
    ),
    destroys: verbs('stop kill disable mask poweroff reboot halt isolate'),
  },
  terraform: {
    flags: flagTable(
      '-chdir -var -var-file -target',
      '-no-color -json -refresh -refresh-only -destroy -detailed-exitcode -input -lock -compact-warnings',
      '-chdir -no-color',
    ),
    reads: verbs(
      'plan show validate version output providers graph state_list state_show workspace_list workspace_show',
    ),
    destroys: verbs('destroy state_rm workspace_delete force-unlock taint'),
  },
  istioctl: {
    flags: meshes,
    reads: verbs('proxy-status ps proxy-config pc analyze version describe'),
    destroys: verbs('uninstall'),
  },
  linkerd: {
    flags: meshes,
    reads: verbs('check version stat top edges routes diagnostics'),
    destroys: verbs('uninstall'),
  },
  argocd: {
    flags: flagTable(
      '--output -o --server --auth-token --selector -l --project -p',
      '--grpc-web --insecure --plaintext',
    ),
    reads: verbs(
      'app_get app_list app_history app_diff app_manifests app_resources app_logs cluster_list proj_list repo_list version',
    ),
    destroys: verbs('app_delete cluster_rm repo_rm proj_delete'),
  },
  flux: {
    flags: flagTable('--namespace -n --context --kubeconfig --timeout', '--all-namespaces -A --verbose'),
    reads: verbs('get check logs stats tree events version'),
    destroys: verbs('uninstall delete'),
  },
};

/** Programs that take files, processes or the machine away. */
export const DESTROYING_PROGRAMS: ReadonlySet<string> = new Set(
  'rm rmdir unlink shred truncate dd mkfs wipefs kill pkill killall reboot shutdown halt poweroff iptables nft userdel'.split(
    ' ',
  ),
);
