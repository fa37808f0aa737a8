import type { DependencyCheck } from '#facts';
import type { Scenario } from '../scenario.ts';

/** Let's Encrypt and cert-manager renew a month or a third of the lifetime before the end; two weeks before, that has failed. */
const soonMs = 14 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

function words({ subject, values, detail }: DependencyCheck): string {
  const left = values['expiresInMs'];
  if (left === undefined) return `${subject}: ${detail}`;
  if (left <= 0) return `the certificate of ${subject} has expired`;
  return `the certificate of ${subject} expires in ${Math.floor(left / dayMs)} days`;
}

function isExpiring({ values, detail }: DependencyCheck): boolean {
  const left = values['expiresInMs'];
  return left === undefined ? /expired/i.test(detail) : left < (values['warnWithinMs'] ?? soonMs);
}

/** A TLS certificate has expired or is about to. Rests on RFC 5280 (validity): the date is in the certificate itself. */
export const certificateExpiring: Scenario = {
  id: 'certificate-expiring',
  ruledOut: 'no certificate that was checked expires within 14 days',
  find({ facts }) {
    const newest = new Map<string, DependencyCheck>();
    for (const one of facts.checks.filter((its) => its.kind === 'tls')) {
      const known = newest.get(one.subject);
      if (known === undefined || one.at > known.at) newest.set(one.subject, one);
    }
    return [...newest.values()].filter(isExpiring).map((one) => ({
      id: 'certificate-expiring' as const,
      subject: one.subject,
      confidence: 0.97,
      for: [words(one)],
      against: [],
      settles: [],
    }));
  },
};
