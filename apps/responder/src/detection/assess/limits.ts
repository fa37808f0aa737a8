/** Constants of the decision table, in one place. Times in milliseconds. */
export const limits = {
  shortWindowMs: 10_000,
  longWindowMs: 60_000,
  /** Existence of harm over all tenants. */
  minRequests: 20,
  minFailures: 5,
  /** Requests that one tenant needs to be judged. */
  minTenantRequests: 8,
  /** Failures that make a tenant harmed by itself; one is enough while the errors over all tenants are above the limit. */
  minTenantFailures: 2,
  /** Without a single answer for this long, what a Service says of its port is looked at. */
  noneServedMs: 2_000,
  /** Persistence that confirms without a second class. */
  outsidePersistMs: 15_000,
  otherPersistMs: 60_000,
  blindAfterMs: 30_000,
  unconfirmedAfterMs: 60_000,
  /** Traffic that is expected and gone for this long has vanished. */
  vanishedAfterMs: 60_000,
  /** A loss that comes this soon is certain enough to page. */
  certainLossMs: 15 * 60_000,
  /** Checks that are made once a minute are the present for this long. */
  slowCheckMs: 150_000,
  /** A condition is still going on when it showed this recently. */
  ongoingMs: 3_500,
  /** Failing samples further apart than this belong to different episodes. */
  episodeGapMs: 15_000,
  /** A newer read or scrape than this is the present. */
  freshMs: 15_000,
  /** A new pod may be unready for this long. */
  startUpMs: 30_000,
  /** Green for this long, with this many answers, is restored. */
  greenMs: 10_000,
} as const;
