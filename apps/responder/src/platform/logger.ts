import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** JSON lines on `destination` (standard error by default, so that standard output stays for results). */
export function createLogger(options: {
  readonly level: string;
  readonly name?: string;
  readonly destination?: DestinationStream;
}): Logger {
  return pino(
    {
      level: options.level,
      name: options.name ?? 'tocsin',
      timestamp: stdTimeFunctions.isoTime,
      redact: ['password', 'token', '*.password', '*.token', 'headers.authorization', 'headers.cookie'],
    },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
