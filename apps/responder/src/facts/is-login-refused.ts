import type { DependencyCheck } from './dependency-check.ts';

/** SQLSTATE class 28, and the words of Redis. */
const refusals = /^(?:28\w{3}:|NOAUTH |WRONGPASS |NOPERM |ERR invalid password)/;

/**
 * The dependency answers, and does not know the login that the check was given: that is wrong in our configuration, and says nothing
 * about what the service's own login meets.
 */
export function isLoginRefused({ outcome, detail }: Pick<DependencyCheck, 'outcome' | 'detail'>): boolean {
  return outcome === 'rejected' && refusals.test(detail);
}
