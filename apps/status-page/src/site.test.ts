import { describe, expect, it } from 'vitest';
import { component, incident, pageOf } from '../test/page-snapshot.ts';
import { siteOf, type Staleness } from './site.ts';

const made = (path: string, snapshot = pageOf(), stale: Staleness | null = null): string => {
  const resource = siteOf(snapshot, { stale, takes: { reports: true, subscribers: true } }).get(path);
  if (resource === undefined) throw new Error(`${path}: expected it to be there`);
  return resource.make();
};

describe('a page', () => {
  it('runs nothing and takes no markup from anybody', () => {
    for (const path of ['en/', 'en/incidents/inc_b/', 'en/history/', 'en/history.atom']) {
      const page = made(path);
      expect(page).not.toMatch(/<script/i);
      expect(page).not.toMatch(/href="javascript/i);
      expect(page).not.toMatch(/<[^>]* on\w+=/i);
    }
    expect(made('en/')).toContain('Data &lt;API&gt;');
    expect(made('en/')).toContain('Acme &amp; Co');
    expect(made('en/')).toContain('We <strong>know why</strong>. &lt;script&gt;');
    expect(made('en/')).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;/);
  });

  it('is never larger than 50 KB with twenty components, a bad quarter and a long outage', () => {
    const bad = Array.from({ length: 90 }, (_, day) => (day % 3 !== 0 ? 1 : 0.98 - day / 1000));
    const components = Array.from({ length: 20 }, (_, at) =>
      component({ id: `c${at}`, name: `Component number ${at}`, days: bad }),
    );
    const updates = Array.from({ length: 12 }, (_, at) => ({
      id: `u${at}`,
      status: 'investigating' as const,
      body: 'We are still looking into what makes requests fail. '.repeat(4),
      at: '2026-03-26T18:50:00.000Z',
    }));
    const page = made('en/', pageOf({ components, incidents: [incident({ updates })] }));
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(50_000);
  });

  it('speaks four languages and leads from each to the others', () => {
    expect(made('de/')).toMatch(
      /<html lang="de">[^]*Einige Systeme sind teilweise gestört[^]*Teilweise Störung: Data/,
    );
    expect(made('fr/')).toContain('Panne partielle: Data');
    expect(made('es/')).toContain('Interrupción parcial: Data');
    expect(made('de/incidents/inc_b/')).toContain('href="/fr/incidents/inc_b/"');
    expect(made('de/')).toContain('26. März 2026, 20:00 MEZ');
  });

  it('names what nobody has written about by what was measured', () => {
    expect(made('en/incidents/inc_a/')).toMatch(
      /Major outage: Data &lt;API&gt;, Sign in[^]*Resolved[^]*has ended[^]*Investigating[^]*from outside show this/,
    );
    expect(
      made('en/', pageOf({ incidents: [incident({ drill: true, worst: null, componentIds: [] })] })),
    ).toContain('Drill: Incident #12');
  });

  it('rounds no interruption away, and says which days were not whole', () => {
    expect(made('en/')).toContain('99.99% uptime, measured on 80 of 90 days');
    expect(made('en/')).toMatch(/Days with interruptions \(1\)[^]*5 February<\/time> 97.12%/);
    expect(made('en/')).toContain('not measured yet');
  });

  it('lists incidents by the month in which they began, by its own clocks', () => {
    expect(made('en/history/')).toContain('Past incidents: March 2026');
    expect(made('en/history/2026-02/')).toContain('Major outage');
    expect(made('en/history/2026-03/')).not.toContain('Major outage');
  });

  it('says since when it could not be brought up to date', () => {
    expect(made('en/')).not.toContain('brought up to date');
    const stale = { since: '2026-03-26T19:00:00.000Z', minutes: 7 };
    for (const path of ['en/', 'en/history/', 'en/incidents/inc_b/'])
      expect(made(path, pageOf(), stale)).toContain('since 26 Mar 2026, 20:00 CET (7 minutes ago)');
  });

  it('lies below a path when its url says so', () => {
    expect(made('en/', pageOf({}, { url: 'https://example.com/status' }))).toContain('href="/status/de/"');
  });

  it.each(['#ffffff', '#a61e4d', '#ffee00', '#000000', '#777777'])('reads well on %s', (accent) => {
    const page = made('en/', pageOf({}, { accent }));
    const text = /--on-accent:(#\w+)/.exec(page)?.[1] === '#000' ? 0 : 1;
    const luminance = [1, 3, 5]
      .map((at) => Number.parseInt(accent.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0);
    const [low, high] = [text, luminance].toSorted((a, b) => a - b);
    expect(((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('feeds', () => {
  it('carry every incident with all that was told of it, under addresses that do not change', () => {
    const atom = made('en/history.atom');
    expect(atom).toContain('<id>https://status.example.com/en/incidents/inc_b/</id>');
    expect(atom).toMatch(/Partial outage: Data <API> \(Identified\)/);
    expect(made('en/history.rss')).toMatch(
      /<rss version="2.0"[^]*<guid[^>]*>https:\/\/status.example.com\/en\/incidents\/inc_b\//,
    );
    const feed = JSON.parse(made('de/feed.json')) as {
      version: string;
      items: { id: string; content_html: string }[];
    };
    expect(feed.version).toContain('jsonfeed.org/version/1');
    expect(feed.items.map(({ id }) => id)).toEqual([
      'https://status.example.com/de/incidents/inc_b/',
      'https://status.example.com/de/incidents/inc_a/',
    ]);
    expect(feed.items[0]?.content_html).toContain('Ursache gefunden');
  });
});
