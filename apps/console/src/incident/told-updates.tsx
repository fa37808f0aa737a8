import { deliveryText, type ToldUpdateView } from '@tocsin/contract';
import { formatTimeOfDay } from '../time/format-time.ts';
import { audienceWords, updateStatusWords } from './update-words.ts';

/** What was told, newest first, each with who got it. */
export function ToldUpdates({ updates }: { readonly updates: readonly ToldUpdateView[] }) {
  return (
    <ul className="plain-list told-updates">
      {updates.map((update) => (
        <li key={update.id}>
          <details>
            <summary>
              {formatTimeOfDay(update.at)} {audienceWords[update.audience]}:{' '}
              {updateStatusWords[update.status]}
              <span className={isBad(update) ? 'bad-text small block' : 'quiet small block'}>
                {howFar(update)}
              </span>
            </summary>
            <p className="update-text">{update.body}</p>
            <p className="quiet small">by {update.by.name}</p>
            {update.insisted !== null && (
              <p className="warn-text small">
                Sent in spite of {update.insisted.found.join('; ')}: {update.insisted.reason}
              </p>
            )}
            <ul className="plain-list">
              {update.deliveries.map((one) => (
                <li key={`${one.channel} ${one.address} ${one.tenant ?? ''}`} className="small">
                  {deliveryText(one)}
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}

function isBad({ deliveries }: ToldUpdateView): boolean {
  return deliveries.length === 0 || deliveries.some((one) => one.state === 'failed');
}

function howFar({ deliveries }: ToldUpdateView): string {
  if (deliveries.length === 0) return 'Nobody: no target is configured';
  const sent = deliveries.filter((one) => one.state === 'sent').length;
  const failed = deliveries.filter((one) => one.state === 'failed').length;
  return `${sent} of ${deliveries.length} have it${failed === 0 ? '' : `, ${failed} failed`}`;
}
