import type { Route, RouteName, routes } from '@tocsin/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { EpochMs } from '#facts';
import { AppError } from '#platform';
import type { ApiOptions, ApiPorts } from './api-ports.ts';
import type { Caller } from './caller.ts';
import type { ChangeFeed } from './change-feed.ts';

/** What every handler may use. */
export interface Context {
  readonly ports: ApiPorts;
  readonly options: ApiOptions;
  readonly feed: ChangeFeed;
}

type Part<R extends Route, Name extends 'params' | 'query' | 'body'> = R[Name] extends z.ZodType
  ? z.output<R[Name]>
  : undefined;

/** One checked request: signed in, allowed, parsed. */
export interface Call<R extends Route = Route> {
  readonly caller: R['role'] extends 'anyone' ? Caller | null : Caller;
  readonly params: Part<R, 'params'>;
  readonly query: Part<R, 'query'>;
  readonly body: Part<R, 'body'>;
  /** The database's clock, read once for the request. */
  readonly now: EpochMs;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Answer<R extends Route> = R['response'] extends z.ZodType
  ? z.input<R['response']>
  : R['response'] extends 'text/markdown' | 'text/calendar'
    ? string
    : undefined;

export type Handler<R extends Route> = (context: Context, call: Call<R>) => Promise<Answer<R>>;

/** One handler a route of the contract: a route without one does not compile. */
export type Handlers = { readonly [Name in RouteName]: Handler<(typeof routes)[Name]> };

/** The value, or `not-found` with the place. */
export function found<T>(value: T | null, what: string, id: string): T {
  if (value === null) throw new AppError('not-found', `${what} "${id}": there is none with this id`);
  return value;
}
