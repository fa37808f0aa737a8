import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLeaks, type Incident, noNames } from '#incidents';
import { Harness } from '../../../test/harness.ts';
import { cordon, nodeFailure, outage } from '../../../test/outage-facts.ts';
import { plan } from '../../../test/runbook.ts';
import { channelsSchema } from '../config/channels-config.ts';
import { draftFacts, draftStatus } from './draft-facts.ts';
import { createDrafts, templateFaults } from './drafts.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { previewUpdate } from './preview-update.ts';
import { targetsOf } from './targets-of.ts';

const about = { service: 'Payments', nameOf: (id: string) => id };
const outside = ['status-page', 'customers'] as const;

async function anOutage(): Promise<Incident> {
  const h = await new Harness().opened();
  await h.by('primary', { kind: 'acknowledge' });
  return h.incident();
}

describe('a draft', () => {
  test('says where the incident is, by what is known of it', async () => {
    const open = await anOutage();
    expect(draftStatus(open)).toBe('investigating');
    expect(draftStatus({ ...open, diagnoses: [nodeFailure(0.79)] })).toBe('investigating');
    expect(draftStatus({ ...open, diagnoses: [nodeFailure(0.8)] })).toBe('identified');
    expect(draftStatus({ ...open, status: 'verified' })).toBe('monitoring');
    expect(draftStatus({ ...open, status: 'stable' })).toBe('resolved');
  });

  test('is in the language that is asked for, and in English for whom there is no other', async () => {
    const drafts = createDrafts();
    const open = await anOutage();
    const facts = draftFacts(open, plan, { ...about, audience: 'status-page', at: open.detectedAt });
    const german = drafts.write(facts, { audience: 'status-page', status: 'investigating', language: 'de' });
    expect(german).toMatchObject({ subject: 'Payments: Wird untersucht', language: 'de' });
    expect(german.body).toContain('scheitern 33 % der Anfragen aller Kunden');
    expect(drafts.languagesFor('status-page')).toEqual(['en', 'de']);
    expect(drafts.languagesFor('internal')).toEqual(['en']);
  });

  test('promises the next update not before the one who reads it can send it', async () => {
    const open = await anOutage();
    const facts = draftFacts(open, plan, {
      ...about,
      audience: 'status-page',
      at: open.detectedAt + 61_000,
    });
    expect(facts.nextUpdate).toBe('03:35 UTC');
  });

  test('of any facts tells nobody outside a name of ours', async () => {
    const drafts = createDrafts();
    const open = await anOutage();
    const name = fc.stringMatching(/^[a-z]{2,8}-[a-z0-9]{1,8}[0-9]$/);
    const status = fc.constantFrom('open', 'mitigated', 'verified', 'stable', 'resolved' as const);
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 4, maxLength: 8 }),
        status,
        fc.constantFrom(...outside),
        fc.constantFrom('en', 'de' as const),
        ([node = '', pod = '', person = '', ...tenants], now, audience, language) => {
          const assessment = outage(open.detectedAt);
          const incident: Incident = {
            ...open,
            status: now,
            mitigatedAt: now === 'open' ? null : open.detectedAt + 600_000,
            title: `${node} is gone, ${person} is on it`,
            severityReason: `pods of ${node} are silent: ${pod}`,
            diagnoses: [nodeFailure(0.9, { subject: `node/${node}` })],
            roles: { commander: person },
            affectedTenants: tenants,
            assessment: {
              ...assessment,
              tenants: assessment.tenants.map((one, index) => ({
                ...one,
                tenant: tenants[index] ?? one.tenant,
              })),
            },
            steps: [],
          };
          const facts = draftFacts(incident, plan, { ...about, audience, at: open.detectedAt });
          const { body } = drafts.write(facts, { audience, status: draftStatus(incident), language });
          const names = { ...noNames, nodes: [node], pods: [pod], people: [person], tenants };
          expect(findLeaks(body, names)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('tells the team what was done', async () => {
    const h = await new Harness().opened();
    await h.take({ kind: 'steps-prepared', steps: [cordon] });
    await h.by('primary', { kind: 'approve', stepId: 'cordon', bindingHash: cordon.bindingHash });
    await h.at('31s');
    h.expect('run-step');
    await h.take({ kind: 'step-started', stepId: 'cordon' });
    const incident = await h.incident();
    const facts = draftFacts(incident, plan, { ...about, audience: 'internal', at: h.now });
    const { body } = createDrafts().write(facts, {
      audience: 'internal',
      status: 'investigating',
      language: 'en',
    });
    expect(body).toContain('- Done: kubectl cordon node-b: running');
    expect(body).toContain('t1 (33 %)');
  });
});

describe('templates of a configuration', () => {
  test('take the place of ours', async () => {
    const open = await anOutage();
    const drafts = createDrafts({ 'status-page': { investigating: { en: '{{ service }}: sorry' } } });
    const facts = draftFacts(open, plan, { ...about, audience: 'status-page', at: open.detectedAt });
    const what = { audience: 'status-page', status: 'investigating', language: 'en' } as const;
    expect(drafts.write(facts, what).body).toBe('Payments: sorry');
  });

  test('that fail on facts that nobody thought of give way to ours', async () => {
    const open = await anOutage();
    const drafts = createDrafts({
      'status-page': { resolved: { en: '{% if affected.count > 4 %}{{ typo }}{% endif %}' } },
    });
    const facts = draftFacts(open, plan, { ...about, audience: 'status-page', at: open.detectedAt });
    const { body } = drafts.write(facts, { audience: 'status-page', status: 'resolved', language: 'en' });
    expect(body).toContain('The problem with Payments is solved.');
  });

  test('that cannot be read, or speak of what their audience is not told, are named with their place', () => {
    const faults = templateFaults({
      'status-page': { investigating: { en: 'fine {{ since }}\n{{ tenants }}' }, resolved: { de: '{{ x' } },
      internal: { identified: { en: '{{ cause | shout }}' } },
    });
    expect(faults.map(({ path, message }) => `${path.join('.')}: ${message.split(';')[0]}`)).toEqual([
      'internal.identified.en: undefined filter: shout, line:1, col:1',
      'status-page.investigating.en: undefined variable: tenants, line:2, col:4',
      'status-page.resolved.de: output "{{ x" not closed, line:1, col:1',
    ]);
  });

  test('are checked with the configuration, and so are targets', () => {
    const channels = channelsSchema(() => 'secret');
    const read = (updates: object): readonly string[] =>
      channels
        .safeParse({ webhooks: { bridge: { url: 'https://bridge.example', secret: { env: 'S' } } }, updates })
        .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message.split(';')[0]}`) ?? [];
    expect(read({ templates: { executives: { resolved: { en: '{{ nope }}' } } } })).toEqual([
      'updates.templates.executives.resolved.en: undefined variable: nope, line:1, col:4',
    ]);
    expect(read({ targets: { internal: [{ channel: 'webhook', address: 'bridg' }] } })).toEqual([
      'updates.targets.internal.0: expected one of channels.webhooks: bridge',
    ]);
    expect(read({ targets: { internal: [{ channel: 'incident-channel' }] } })).toEqual([
      'updates.targets.internal.0: no channels.slack.incidentChannels is configured',
    ]);
    expect(read({ customers: { t1: ['nobody'] } })).toEqual([
      'updates.customers.t1.0: expected a mail address',
    ]);
    expect(read({ targets: { internal: [{ channel: 'webhook', address: 'bridge' }] } })).toEqual([]);
  });
});

describe('targets', () => {
  const channels = channelsSchema(() => 'secret').parse({
    slack: { token: { env: 'S' }, incidentChannels: {} },
    updates: {
      targets: { executives: [{ channel: 'email', address: 'board@example.org' }] },
      customers: { t1: ['a@t1.example', 'b@t1.example'] },
    },
  });

  test('of the team are the channel of the incident, unless others are named', () => {
    expect(targetsOf({ audience: 'internal', tenants: [] }, channels, false)).toMatchObject([
      { channel: 'incident-channel', not: null },
    ]);
  });

  test('of customers are those of the affected tenants alone, and one without an address is said', () => {
    const targets = targetsOf({ audience: 'customers', tenants: ['t1', 't2'] }, channels, false);
    expect(targets.map((one) => [one.tenant, one.address, one.not?.state ?? null])).toEqual([
      ['t1', 'a@t1.example', null],
      ['t1', 'b@t1.example', null],
      ['t2', '', 'failed'],
    ]);
  });

  test('in a drill are the team alone', () => {
    expect(targetsOf({ audience: 'executives', tenants: [] }, channels, true)).toMatchObject([
      { not: { state: 'skipped', why: 'a drill: nobody but the team is told' } },
    ]);
    expect(targetsOf({ audience: 'internal', tenants: [] }, channels, true)).toMatchObject([{ not: null }]);
  });

  test('show a text without the marks that they cannot show', () => {
    const to = { channel: 'slack', address: 'C1', tenant: null, not: null };
    expect(previewUpdate('It fails', '**P0**: see [status](https://s.example)', [to, to])).toEqual([
      { channel: 'slack', text: 'It fails\n\nP0: see status (https://s.example)' },
    ]);
    expect(plainMarkdown('# Head\n- `a` **b**')).toBe('Head\n- a b');
  });
});
