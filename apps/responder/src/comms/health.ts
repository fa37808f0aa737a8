/** What a provider says of our credentials when nothing is sent. */
export type Health =
  | { readonly state: 'alive'; readonly reason: null }
  | { readonly state: 'dead'; readonly reason: string }
  /** Only sending could show it, or it had no time for us. */
  | { readonly state: 'not-checked'; readonly reason: string };

export const alive: Health = { state: 'alive', reason: null };

/** For a channel that its other side believes by its address alone. */
export const onlySendingShows: Health = {
  state: 'not-checked',
  reason: 'only sending to it would show whether it works',
};

const longestReason = 300;

/** Dead for a reason that other people read: without the secret, whoever repeated it to us. */
export function dead(reason: string, secret = ''): Health {
  const open = secret === '' ? reason : reason.replaceAll(secret, '***');
  return { state: 'dead', reason: open.replaceAll(/\s+/g, ' ').slice(0, longestReason) };
}

/** How long a provider may take to say whether it takes our credentials, milliseconds. */
export const checkLimitMs = 10_000;
