import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type StaticTarget, statusPageConfig, type StatusPageConfig } from '@tocsin/contract';
import { parse } from 'yaml';
import { z } from 'zod';

/** The parts of the configuration file that this process reads; the responder checks the rest. */
const file = z.looseObject({
  databaseUrl: z.string().optional(),
  service: z.looseObject({ id: z.string() }),
  statusPage: statusPageConfig.prefault({}),
});

export interface Config {
  readonly serviceId: string;
  readonly databaseUrl: string;
  readonly page: StatusPageConfig;
  readonly places: readonly Place[];
}

/** Where the page is written to, with what that takes. */
export type Place =
  | { readonly folder: string }
  | {
      readonly bucket: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the configuration; the only reader of the process's environment. Throws with place and expectation. */
export function readConfig(path: string, environment: Environment): Config {
  const parsed = file.safeParse(parse(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new Error(
      parsed.error.issues
        .map((one) => `${path}: ${one.path.map(String).join('.')}: ${one.message}`)
        .join('\n'),
    );
  const { service, statusPage: page } = parsed.data;
  const databaseUrl = environment['DATABASE_URL'] ?? parsed.data.databaseUrl;
  if (databaseUrl === undefined)
    throw new Error(`${path}: databaseUrl: missing; expected it there or in DATABASE_URL`);
  const base = dirname(resolve(path));
  const places = page.static.map((one) => placeOf(one, base, environment));
  return { serviceId: service.id, databaseUrl, page, places };
}

function placeOf(target: StaticTarget, base: string, environment: Environment): Place {
  if ('folder' in target) return { folder: resolve(base, target.folder) };
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error(
      `statusPage.static: ${target.bucket}: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment`,
    );
  return { ...target, accessKeyId, secretAccessKey };
}
