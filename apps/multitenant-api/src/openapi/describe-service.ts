import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';

/** The API description as `/openapi.json` serves it. Connects to nothing. */
export async function describeService(): Promise<object> {
  const config = readConfig({
    PGHOST: 'nowhere',
    PGPASSWORD: 'none',
    JWT_SECRET: 'only to describe the routes, never used',
    LOG_LEVEL: 'silent',
  });
  const app = await createApp(config);
  const answer = await app.http.inject('/openapi.json');
  await app.http.close();
  await app.database.close();
  return answer.json<object>();
}
