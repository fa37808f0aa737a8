import webPush from 'web-push';
import { keptSecret, type Queryable } from '#platform';

/** The pair of keys by which push services know this responder (VAPID, RFC 8292). */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Made once, and the same for every responder of the database: subscriptions hold for them alone. */
export async function pushKeys(db: Queryable): Promise<PushKeys> {
  const kept = await keptSecret(db, 'web-push-keys', () => JSON.stringify(webPush.generateVAPIDKeys()));
  return JSON.parse(kept) as PushKeys;
}
