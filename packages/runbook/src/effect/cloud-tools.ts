import type { Effect } from '../plan.ts';
import { flagTable, parseArgs, type FlagTable } from './flags.ts';

const FLAGS: Readonly<Record<string, FlagTable>> = {
  aws: flagTable(
    '--profile --region --output --query --endpoint-url --color --ca-bundle --cli-read-timeout --cli-connect-timeout',
    '--debug --no-cli-pager --no-paginate --no-verify-ssl --no-sign-request',
  ),
  gcloud: flagTable(
    '--project --format --zone --region --account --configuration --filter --limit',
    '--quiet -q',
  ),
  az: flagTable('--subscription --output -o --query --resource-group -g --name -n', '--verbose --debug'),
};

/** Groups of which `list`, `describe` and `show` are known to read. */
const GROUPS = new Set(
  'compute instances container clusters node-pools sql run services projects networks disks addresses logging vm aks nodepool group network nic account disk snapshots operations dns record-sets zone'.split(
    ' ',
  ),
);
const LOSING = /^(?:delete|terminate|remove|purge|destroy|deregister|reset|rm|rb)(?:-|$)/;
/** They read, but hand out credentials or write a file. */
const HANDING_OUT =
  /^(?:get-(?:object|session-token|federation-token|login|export|credential|password|authorization))/;

/** Effect of a cloud provider's tool, or undefined for another program: reads only where the verb leaves no doubt. */
export function cloudToolEffect(program: string, args: string[]): Effect | undefined {
  const flags = Object.hasOwn(FLAGS, program) ? FLAGS[program] : undefined;
  if (flags === undefined) return undefined;
  const { words, ambiguous } = parseArgs(args, flags);
  if (words.some((word) => LOSING.test(word))) return 'destroy';
  const reads = program === 'aws' ? awsReads(words) : groupReads(words);
  return reads && !ambiguous ? 'read' : 'mutate';
}

function awsReads([service = '', operation = '']: string[]): boolean {
  if (service === 's3') return operation === 'ls';
  return /^(?:describe|list|get)-[a-z-]+$/.test(operation) && !HANDING_OUT.test(operation);
}

function groupReads(words: string[]): boolean {
  const at = words.findIndex((word) => !GROUPS.has(word));
  return at > 0 && ['list', 'describe', 'show'].includes(words[at] ?? '');
}
