import { Resolver } from 'node:dns/promises';
import { fine, type Answer, type Check } from './check.ts';

export interface DnsQuestion {
  readonly name: string;
  readonly recordType: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'SRV' | 'TXT';
  /** ADDRESS or ADDRESS:PORT of the server to ask; undefined: those of the machine. */
  readonly resolver: string | undefined;
  readonly timeoutMs: number;
}

/** Told by a server, or by its absence: the rest is the network's. */
const silences: Readonly<Record<string, Answer['outcome']>> = {
  ETIMEOUT: 'timeout',
  ECANCELLED: 'timeout',
  ECONNREFUSED: 'refused',
};

function failureOf(error: unknown, { name, recordType }: DnsQuestion): Answer {
  const { code = 'unknown' } = error as { code?: string };
  const outcome = silences[code] ?? 'dns';
  const detail =
    code === 'ENODATA' ? `${name} has no ${recordType} record` : `${code} for ${recordType} ${name}`;
  return { outcome, detail, values: {} };
}

/** Whether a name has a record of the type, by asking name servers (never the hosts file). */
export function dnsCheck(question: DnsQuestion): Check {
  const { name, recordType, resolver: server, timeoutMs } = question;
  return {
    async ask({ signal }) {
      const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
      if (server !== undefined) resolver.setServers([server]);
      signal.addEventListener('abort', () => resolver.cancel(), { once: true });
      try {
        const records = (await resolver.resolve(name, recordType)) as readonly unknown[];
        return { ...fine, values: { records: records.length } };
      } catch (error) {
        return failureOf(error, question);
      }
    },
  };
}
