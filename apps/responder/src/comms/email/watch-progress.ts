import type { createTransport } from 'nodemailer';

type TransportOptions = Exclude<Parameters<typeof createTransport>[0], string | undefined>;
type SmtpLogger = Exclude<Extract<TransportOptions, { logger?: unknown }>['logger'], boolean | undefined>;

const ignore = (): void => undefined;

/** Listens to the SMTP dialogue for the moment from which the server may have taken the message; `restart` before the next one. */
export function watchProgress(): { readonly logger: SmtpLogger; textBegun(): boolean; restart(): void } {
  let begun = false;
  const hear = (...parts: unknown[]): void => {
    const [about, text] = parts as [{ tnx?: unknown } | undefined, unknown];
    // Before it has said 354 it gets no text; DATA itself may go out ahead, with the addresses (RFC 2920).
    if (about?.tnx === 'server' && String(text).startsWith('354')) begun = true;
  };
  return {
    logger: {
      level: ignore,
      trace: ignore,
      debug: hear,
      info: ignore,
      warn: ignore,
      error: ignore,
      fatal: ignore,
    },
    textBegun: () => begun,
    restart: () => {
      begun = false;
    },
  };
}
