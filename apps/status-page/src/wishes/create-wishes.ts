import { randomUUID } from 'node:crypto';
import type { HookWish, SubscribeWish, VisitorReport } from '@tocsin/contract';
import type { Log } from '../log.ts';
import { openPool } from '../open-pool.ts';

/** Writes what visitors ask for as rows; the responder does the rest. */
export interface Wishes {
  report(report: VisitorReport): Promise<void>;
  subscribe(wish: SubscribeWish): Promise<void>;
  subscribeHook(wish: HookWish): Promise<void>;
  /** By a link of a message; false: nobody has that link. */
  followLink(kind: 'confirm' | 'leave', token: string): Promise<boolean>;
  close(): Promise<void>;
}

const store = `insert into status_page_wishes (id, service_id, kind, wish) select $1, $2, $3, $4`;
const tell = `select pg_notify('status_page_wishes', id) from stored`;

export function createWishes(databaseUrl: string, serviceId: string, log: Log): Wishes {
  const pool = openPool(databaseUrl, log);
  const given = (kind: string, wish: object) => [
    `wish_${randomUUID()}`,
    serviceId,
    kind,
    JSON.stringify(wish),
  ];
  const storeWish = async (kind: string, wish: object): Promise<void> => {
    await pool.query(`with stored as (${store} returning id) ${tell}`, given(kind, wish));
  };
  return {
    report: (report) => storeWish('report', report),
    subscribe: (wish) => storeWish('subscribe', wish),
    subscribeHook: (wish) => storeWish('subscribe-hook', wish),
    followLink: async (kind, token) => {
      const known = `(exists (select from status_page_subscribers where service_id = $2 and token = $5)
        or exists (select from status_page_hooks where service_id = $2 and token = $5))`;
      const { rowCount } = await pool.query(`with stored as (${store} where ${known} returning id) ${tell}`, [
        ...given(kind, { token }),
        token,
      ]);
      return (rowCount ?? 0) > 0;
    },
    close: () => pool.end(),
  };
}
