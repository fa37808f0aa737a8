import type { EvidenceSummary } from '#incidents';

/** Names under which kubectl lists a kind. */
const plurals: Readonly<Record<string, readonly string[]>> = {
  node: ['nodes', 'node', 'no'],
  pod: ['pods', 'pod', 'po'],
  deployment: ['deployments', 'deployment', 'deploy'],
  statefulset: ['statefulsets', 'statefulset', 'sts'],
  service: ['services', 'service', 'svc', 'endpoints', 'ep', 'endpointslices'],
  networkpolicy: ['networkpolicies', 'networkpolicy', 'netpol'],
};

/** A read that names another object of the kind, `describe node other`, is not about this one. */
const namesOne = /^(?:describe|logs|exec)$/;

/** Reads that were taken of a diagnosis' subject: those that name it first, then those that list its kind; of one command the newest. */
export function readsAbout(
  subject: string,
  evidence: readonly EvidenceSummary[],
): readonly EvidenceSummary[] {
  const [kind = '', name = ''] = subject.split('/');
  if (name === '') return [];
  const answered = evidence.filter((one) => one.outcome === 'ended' || one.outcome === 'cut-off');
  const naming = answered.filter(({ command }) => wordsOf(command).includes(name));
  const listing = answered.filter((one) => {
    const words = one.command.split(/\s+/);
    const lists = words.some((word) => plurals[kind]?.includes(word) ?? false);
    return lists && !naming.includes(one) && !words.some((word) => namesOne.test(word));
  });
  return newestOfEach([...naming, ...listing]);
}

function newestOfEach(reads: readonly EvidenceSummary[]): readonly EvidenceSummary[] {
  const newest = new Map<string, EvidenceSummary>();
  for (const read of reads) {
    const known = newest.get(read.command);
    if (known === undefined || known.endedAt < read.endedAt) newest.set(read.command, read);
  }
  return [...newest.values()];
}

/** The words of a command, `kind/name` taken apart. */
function wordsOf(command: string): readonly string[] {
  return command.split(/[\s/,=]+/);
}
