import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closeBrowser, openContext } from './open-context.ts';
import { serveStage, type ServedStage } from './serve-stage.ts';

/** Chromium on a busy machine takes its time. */
const patienceMs = 60_000;
vi.setConfig({ testTimeout: 2 * patienceMs });

let served: ServedStage;
beforeAll(async () => {
  served = await serveStage();
});
afterAll(() => Promise.all([closeBrowser(), served.stop()]));

it('a browser that refuses is told why; a push that comes is shown', async () => {
  const browser = await openContext({ width: 1000, height: 800, scheme: 'light' });
  const page = await browser.context.newPage();
  page.setDefaultTimeout(patienceMs);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(await served.loginLink('primary'));
  await page
    .getByRole('link', { name: /On call/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Wake me on this device' }).click();
  await page.getByText(/Notifications are blocked for this site/).waitFor();

  await browser.context.grantPermissions(['notifications'], { origin: served.url });
  const devtools = await browser.context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const one of registrations) resolve(one.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/service-worker.js');
    await navigator.serviceWorker.ready;
  });
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: served.url,
    registrationId: await registered,
    data: JSON.stringify({
      tag: 'm-1',
      title: '[P0] #12',
      body: 'everything fails',
      url: `${served.url}/incidents/1`,
    }),
  });
  await vi.waitFor(
    async () =>
      expect(
        await page.evaluate(async () => {
          const { getNotifications } = await navigator.serviceWorker.ready.then((one) => ({
            getNotifications: () => one.getNotifications(),
          }));
          return (await getNotifications()).map((one) => `${one.title}: ${one.body}`);
        }),
      ).toEqual(['[P0] #12: everything fails']),
    { timeout: patienceMs },
  );
  expect(problems).toEqual([]);
  await browser.close();
});
