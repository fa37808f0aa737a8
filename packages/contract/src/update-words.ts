import type { UpdateDeliveryView } from './updates.ts';

/** A target as people read it: `acme email ops@acme.example`. */
export function targetName({
  tenant,
  channel,
  address,
}: Pick<UpdateDeliveryView, 'tenant' | 'channel' | 'address'>): string {
  return [tenant, channel, address].filter((part) => part !== null && part !== '').join(' ');
}

/** How far an update has come with one target, in a line. */
export function deliveryText(delivery: UpdateDeliveryView): string {
  const { state, receipt, error, mayBeRepeat } = delivery;
  const detail = state === 'sent' ? receipt : error;
  const repeat = mayBeRepeat ? ', may be a repeat' : '';
  return `${targetName(delivery)}: ${state}${repeat}${detail === null ? '' : ` (${detail})`}`;
}
