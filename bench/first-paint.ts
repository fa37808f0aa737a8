import { type Browser, chromium, devices } from 'playwright-core';
import { median } from './spread.ts';

const phone = devices['Pixel 7'];

/** First contentful paint of a page in Chromium as a phone, each time with an empty cache, milliseconds. */
export async function firstPaints(url: string, times: number): Promise<{ medianMs: number; mostMs: number }> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    // The first page of a browser that has just been started pays for its start.
    await firstPaint(browser, 'about:blank', false);
    const paints: number[] = [];
    for (let n = 0; n < times; n += 1) paints.push(await firstPaint(browser, url));
    return { medianMs: median(paints), mostMs: Math.max(...paints) };
  } finally {
    await browser.close();
  }
}

async function firstPaint(browser: Browser, url: string, paints = true): Promise<number> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url);
  if (paints)
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const paintedMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  await context.close();
  return Math.round(paintedMs);
}
