import type { Redis } from '../redis/redis.ts';
import { decisionOf, take as takeOne, type Decision, type Rate } from './rate.ts';

/** Who counted a request. */
export type LimitSource = 'redis' | 'process';

/** A decision and who made it. */
export interface Counted {
  readonly decision: Decision;
  readonly source: LimitSource;
}

/** Counts requests of tenants, at once without Redis. Never rejects. */
export type Limiter = (tenant: string, nowMs: number) => Counted | Promise<Counted>;

/** Beyond so many tenants, those whose burst is whole are forgotten: they are as good as never seen. */
const sweepAt = 10_000;

/** Counts in this process alone: with N replicas a tenant may do N times as much. */
export function processLimiter(rate: Rate): (tenant: string, nowMs: number) => Decision {
  const arrivals = new Map<string, number>();
  let nextSweep = sweepAt;
  const sweep = (nowMs: number): void => {
    for (const [tenant, arrival] of arrivals) if (arrival <= nowMs) arrivals.delete(tenant);
    nextSweep = Math.max(sweepAt, arrivals.size * 2);
  };
  return (tenant, nowMs) => {
    const { decision, theoreticalArrivalMs } = takeOne(rate, arrivals.get(tenant) ?? 0, nowMs);
    arrivals.set(tenant, theoreticalArrivalMs);
    if (arrivals.size > nextSweep) sweep(nowMs);
    return decision;
  };
}

/** `take` of rate.ts in Redis, by Redis's own clock, in microseconds. Answers allowed (1 or 0) and the time until the burst is whole. */
const script = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local window = tonumber(ARGV[1])
local from = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local next = from + window / tonumber(ARGV[2])
if next - now - window > 1 then return {0, math.ceil(from - now)} end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1)
return {1, math.ceil(next - now)}
`;

/** Counts in Redis for all replicas together. Undefined when Redis does not answer. */
export function redisLimiter(redis: Redis, rate: Rate): (tenant: string) => Promise<Decision | undefined> {
  const args = [String(rate.windowMs * 1000), String(rate.limit)];
  const defined = new WeakSet<object>();
  return async (tenant) => {
    const answer = await redis.ask(async (client) => {
      if (!defined.has(client)) client.defineCommand('mtaTake', { numberOfKeys: 1, lua: script });
      defined.add(client);
      const command: unknown = Reflect.get(client, 'mtaTake');
      if (typeof command !== 'function') throw new Error('command mtaTake is not defined');
      return (await command.call(client, `mta:rate:${tenant}`, ...args)) as [number, number];
    });
    if (answer === undefined) return undefined;
    const [allowed, resetUs] = answer;
    const resetMs = resetUs / 1000;
    if (allowed === 1) return decisionOf(rate, resetMs);
    const retryAfterMs = resetMs + rate.windowMs / rate.limit - rate.windowMs;
    return { allowed: false, remaining: 0, resetMs, retryAfterMs };
  };
}

/** Counts in Redis while it answers, in this process otherwise. */
export function createLimiter(rate: Rate, redis: Redis | null): Limiter {
  const take = processLimiter(rate);
  const own = (tenant: string, nowMs: number): Counted => ({
    decision: take(tenant, nowMs),
    source: 'process',
  });
  if (redis === null) return own;
  const shared = redisLimiter(redis, rate);
  return async (tenant, nowMs) => {
    const decision = await shared(tenant);
    return decision === undefined ? own(tenant, nowMs) : { decision, source: 'redis' };
  };
}
