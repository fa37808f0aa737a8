import fs from 'node:fs';
import { FaultRefused, type FaultKind } from './fault-kind.ts';
import { planted } from './planted.ts';

const ZONE = 'topology.kubernetes.io/zone';

/** Whose connection it is can be told only where the kernel tells which process holds a socket. */
function unsupported(): string | undefined {
  return fs.existsSync('/proc/net/tcp')
    ? undefined
    : 'this machine has no /proc/net/tcp, without which nobody knows which pod a connection comes from';
}

/** A NetworkPolicy that forgets the database. */
export const policyPartition: FaultKind = {
  kind: 'partition-policy',
  description:
    'Adds a NetworkPolicy that lets the API reach Redis only: packets to the database are dropped.',
  unsupported,
  inject({ store }) {
    const lift = planted(store, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace: 'platform', name: 'api-egress' },
      spec: {
        podSelector: { matchLabels: { app: 'multitenant-api' } },
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'redis' } } }] }],
      },
    });
    const subject = 'networkpolicy/api-egress';
    return { subject, done: { created: subject }, lift };
  },
};

/** A cut between zones: pods on both sides live on and do not reach each other. */
export const zoneCut: FaultKind = {
  kind: 'partition-zone',
  description:
    'Cuts a zone off: packets between its pods and those of other zones vanish. Default: the database’s.',
  takes: 'zone',
  unsupported,
  inject({ store, reach }, { zone }) {
    const zones = store.list('Node').map(({ metadata }) => metadata.labels?.[ZONE] ?? '');
    const node = store.get('Pod', { namespace: 'platform', name: 'postgres-0' })?.spec.nodeName;
    const cut = zone ?? store.get('Node', { name: node ?? '' })?.metadata.labels?.[ZONE];
    if (cut === undefined) throw new FaultRefused(409, 'no database runs; name a zone');
    if (!zones.includes(cut))
      throw new FaultRefused(
        404,
        `zone: ${JSON.stringify(cut)} does not exist; expected one of ${zones.join(', ')}`,
      );
    reach.cutZones.add(cut);
    reach.changed();
    return {
      subject: `zone/${cut}`,
      done: { cutOff: cut },
      lift() {
        reach.cutZones.delete(cut);
        reach.changed();
        return { joined: cut };
      },
    };
  },
};
