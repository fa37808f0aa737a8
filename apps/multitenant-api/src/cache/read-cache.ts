import { randomUUID } from 'node:crypto';
import type { Redis } from '../redis/redis.ts';

/** What became of a read that could have been served from the cache. */
export type CacheResult = 'hit' | 'miss' | 'bypass';

/** A text with a short head (an ETag, a cursor) that must be known without reading the text. */
export interface Entry {
  readonly head: string;
  readonly body: string;
}

/** Texts of a tenant that are served again until the tenant writes something. */
export interface ReadCache {
  /** The kept entry, or what `load` brings, which is kept unless it is null. */
  through(tenant: string, what: string, load: () => Promise<Entry | null>): Promise<Entry | null>;
  /** Voids every entry of the tenant, in all replicas. Called after the commit and before the answer. */
  changed(tenant: string): Promise<void>;
}

/** Reads the database each time. */
export const noCache: ReadCache = {
  through: (_tenant, _what, load) => load(),
  changed: async () => {},
};

/** Longer than any entry lives; a tenant that is silent for so long leaves nothing in Redis. */
const generationMs = 2 * 3_600_000;

const generationKey = (tenant: string): string => `mta:gen:${tenant}`;

function write(generation: string, { head, body }: Entry): string {
  return `${generation}\n${head}\n${body}`;
}

/** The entry when it was made in this generation; null otherwise. */
function read(text: string, generation: string): Entry | null {
  const first = text.indexOf('\n');
  if (text.slice(0, first) !== generation) return null;
  const second = text.indexOf('\n', first + 1);
  return { head: text.slice(first + 1, second), body: text.slice(second + 1) };
}

/**
 * Each tenant has a random generation; an entry carries the one that was read before its query, so that a write in between voids it.
 * A generation that Redis evicted is replaced by a new one, never by one that was there before. When Redis misses a write, entries
 * live on for `ttlMs` at most.
 */
export function readCache(
  redis: Redis,
  options: { ttlMs: number; onResult: (result: CacheResult) => void },
): ReadCache {
  const { ttlMs, onResult } = options;

  async function look(
    tenant: string,
    key: string,
  ): Promise<{ generation: string; text: string | null } | undefined> {
    return redis.ask(async (client) => {
      const [generation, text] = await client.mget(generationKey(tenant), key);
      if (typeof generation === 'string') return { generation, text: text ?? null };
      const fresh = randomUUID();
      const made = await client.set(generationKey(tenant), fresh, 'PX', generationMs, 'NX');
      const kept = made === 'OK' ? fresh : await client.get(generationKey(tenant));
      return { generation: kept ?? fresh, text: null };
    });
  }

  return {
    async through(tenant, what, load) {
      const key = `mta:page:${tenant}:${what}`;
      const found = await look(tenant, key);
      if (found === undefined) {
        onResult('bypass');
        return load();
      }
      const entry = found.text === null ? null : read(found.text, found.generation);
      if (entry !== null) {
        onResult('hit');
        return entry;
      }
      onResult('miss');
      const loaded = await load();
      if (loaded !== null) {
        void redis.ask((client) => client.set(key, write(found.generation, loaded), 'PX', ttlMs));
      }
      return loaded;
    },
    async changed(tenant) {
      await redis.ask((client) => client.set(generationKey(tenant), randomUUID(), 'PX', generationMs));
    },
  };
}
