import type { EpochMs } from '#facts';

/** A request that a provider sends us, as it came: signatures are over the bytes. */
export interface ProviderRequest {
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly now: EpochMs;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export function headerOf(request: ProviderRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A request that does not prove where it comes from. */
export function refused(why: string): ProviderAnswer {
  return { status: 403, type: 'text/plain; charset=utf-8', body: why };
}

export const done: ProviderAnswer = { status: 204, type: 'text/plain; charset=utf-8', body: '' };

/** Heard. Source: docs.slack.dev, "Handling user interaction": every payload is answered with 200 within 3 s, also that of a button which only opens a page. */
export const heard: ProviderAnswer = { ...done, status: 200 };

/** Words for Twilio: instructions in XML. */
export function twiml(body: string): ProviderAnswer {
  return { status: 200, type: 'text/xml; charset=utf-8', body };
}

/** An answer in JSON. */
export function json(value: object): ProviderAnswer {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}
