import type { Facts } from '#facts';
import type { Config } from './config.ts';
import type { ServiceWatch } from './watch-service.ts';
import type { Incident, InternalNames } from '#incidents';
import type { LiveTeam, Person } from '#oncall';

/** What must not be told outside, as it is known at the time of a text. */
export function namesIn(about: {
  readonly config: Config;
  readonly publicUrl: string;
  readonly team: LiveTeam;
  readonly seen: ServiceWatch['current'];
}): (incident: Incident) => InternalNames {
  const { service, channels } = about.config;
  return (incident) =>
    internalNames(incident, {
      people: about.team.current().people,
      tenants: service.tenants.map((one) => one.id),
      namespace: service.namespace,
      publicUrl: about.publicUrl,
      publicHosts: channels.updates?.publicHosts ?? [],
      facts: about.seen()?.facts ?? null,
    });
}

/** Everything with a name of ours, as far as it is known now: what the leak rule looks for in texts for outside. */
function internalNames(
  incident: Incident,
  about: {
    readonly people: readonly Person[];
    readonly tenants: readonly string[];
    readonly namespace: string;
    readonly publicUrl: string;
    readonly publicHosts: readonly string[];
    /** Null: nothing has been seen yet, or another responder watches. */
    readonly facts: Facts | null;
  },
): InternalNames {
  const { people, facts } = about;
  const pods = facts?.cluster.pods ?? [];
  const subjects = [
    ...incident.diagnoses.map((one) => one.subject),
    ...incident.steps.map((one) => one.target),
  ];
  const own = URL.canParse(about.publicUrl) ? [new URL(about.publicUrl).hostname] : [];
  return {
    people: [...new Set(people.flatMap(wordsFor))],
    pods: [...new Set([...pods.map((one) => one.name), ...namedAs('pod', subjects)])],
    nodes: [
      ...new Set([
        ...(facts?.cluster.nodes ?? []).map((one) => one.name),
        ...pods.flatMap((one) => one.nodeName ?? []),
        ...namedAs('node', subjects),
      ]),
    ],
    namespaces: [...new Set([about.namespace, ...pods.map((one) => one.namespace)])],
    tenants: [
      ...new Set([
        ...about.tenants,
        ...(incident.affectedTenants ?? []),
        ...incident.assessment.tenants.map((one) => one.tenant),
      ]),
    ],
    hosts: own.filter((one) => !about.publicHosts.includes(one)),
    publicHosts: about.publicHosts,
  };
}

/** The name, addresses, and an id that is no plain word. */
function wordsFor({ id, name, contacts }: Person): readonly string[] {
  const addresses = contacts.flatMap((one) =>
    'address' in one && one.address.length > 3 ? [one.address] : [],
  );
  return [name, ...(/^\p{L}+$/u.test(id) ? [] : [id]), ...addresses];
}

function namedAs(kind: string, subjects: readonly string[]): readonly string[] {
  return subjects.filter((one) => one.startsWith(`${kind}/`)).map((one) => one.slice(kind.length + 1));
}
