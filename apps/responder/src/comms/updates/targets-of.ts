import type { Update } from '#incidents';
import type { ChannelsConfig } from '../config/channels-config.ts';
import { noUpdatesConfig, type UpdateTarget } from './updates-config.ts';

/** One target of one update, and why it gets nothing; null: it is to get it. */
export interface Addressed {
  readonly channel: string;
  readonly address: string;
  readonly tenant: string | null;
  readonly not: { readonly state: 'skipped' | 'failed'; readonly why: string } | null;
}

/** Everybody who has to get an update. In a drill only the team is told. */
export function targetsOf(
  { audience, tenants }: Pick<Update, 'audience' | 'tenants'>,
  channels: ChannelsConfig,
  isDrill: boolean,
): readonly Addressed[] {
  const { targets, customers } = channels.updates ?? noUpdatesConfig;
  const all =
    audience === 'customers'
      ? tenants.flatMap((tenant) => mailsOf(tenant, customers[tenant]))
      : (targets[audience] ?? usual(audience, channels)).map((one) => ({
          channel: one.channel,
          address: one.channel === 'incident-channel' ? '' : one.address,
          tenant: null,
          not: null,
        }));
  if (!isDrill || audience === 'internal') return all;
  const not = { state: 'skipped', why: 'a drill: nobody but the team is told' } as const;
  return all.map((one) => ({ ...one, not }));
}

/** Without a word about it, the team hears in the channel of the incident. */
function usual(audience: Update['audience'], { slack }: ChannelsConfig): readonly UpdateTarget[] {
  return audience === 'internal' && slack?.incidentChannels !== undefined
    ? [{ channel: 'incident-channel' }]
    : [];
}

function mailsOf(tenant: string, addresses: readonly string[] | undefined): readonly Addressed[] {
  if (addresses === undefined) {
    const why = `no address in channels.updates.customers.${tenant}`;
    return [{ channel: 'email', address: '', tenant, not: { state: 'failed', why } }];
  }
  return addresses.map((address) => ({ channel: 'email', address, tenant, not: null }));
}
