import { assess, declare } from '../../src/incidents/open-or-follow.ts';
import type { Actor, Incident, LaterInput } from '../../src/incidents/index.ts';
import { AppError } from '../../src/platform/index.ts';
import { nodeFailure, outage, restored } from '../outage-facts.ts';
import { people, system, user } from '../people.ts';
import type { Replica } from './replica.ts';
import type { World } from './world.ts';

type Act = (world: World, replica: Replica) => Promise<unknown>;

const service = { id: 'service' };
const approvers = people.slice(0, 4);
const calledRoles = ['database-administrator', 'security-engineer', 'nobody'];
const audiences = ['internal', 'internal', 'status-page', 'customers', 'executives'] as const;
const severities = ['P0', 'P1', 'P2'] as const;

/** What may happen in any history, each as often as it is listed. */
const acts: readonly Act[] = [
  detect,
  detect,
  detect,
  detectByBoth,
  declareOutage,
  bySomebody(() => ({ kind: 'acknowledge' })),
  bySomebody(() => ({ kind: 'acknowledge' })),
  bySomebody(({ random }) => ({ kind: 'set-severity', severity: random.pick(severities), reason: 'it is' })),
  bySomebody(({ random }) => ({ kind: 'hands-off', on: random.chance(0.4), reason: 'wait' })),
  bySomebody(() => ({ kind: 'note', text: 'looking at it' })),
  bySomebody(({ random, now }) => ({
    kind: 'post-update',
    audience: random.pick(audiences),
    status: 'investigating',
    body: `we look into it, ${now}`,
  })),
  bySomebody((_world, incident) => ({ kind: 'resolve', note: null, waivers: waiversOf(incident) })),
  bySomebody(({ random }) => ({ kind: 'snooze', minutes: random.pick([1, 10, 45]), reason: 'known' })),
  bySomebody(({ random }) => ({
    kind: 'assign',
    role: 'commander',
    to: random.pick(people),
    reason: 'shift',
  })),
  bySomebody(() => ({ kind: 'mitigated', reason: 'the provider says so' })),
  review,
  bySomebody(({ random }) => ({ kind: 'call-role', role: random.pick(calledRoles), reason: 'needed' })),
  reopen,
  approve,
  approve,
  approve,
  approve,
  bySomebody((_world, incident) => ({
    kind: 'external-called',
    call: incident.external?.find((one) => one.called === null)?.id ?? 'nobody',
    note: 'ticket 1',
  })),
  deny,
  startAgain,
  split,
  merge,
];

/** One random thing happens, seen to by a responder that is awake; what is refused is no mistake of the responder. */
export async function actAtRandom(world: World): Promise<void> {
  const awake = world.awake();
  if (awake.length === 0) return;
  const replica = world.random.pick(awake);
  const act = world.random.pick(acts);
  world.happens(act.name);
  await world.let(replica, unlessRefused(act(world, replica)));
}

async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Now and then with news of a while ago: the sender was slow, or a watcher was. */
function detect(world: World, replica: Replica): Promise<unknown> {
  const { random } = world;
  const at = world.now - random.pick([0, 0, 0, 3000, 90_000]);
  if (random.chance(0.3)) world.isHarmed = !world.isHarmed;
  const assessment = world.isHarmed
    ? random.pick([
        () => outage(at, { severity: random.pick(severities) }),
        () => outage(at, { severity: random.pick(severities) }),
        () => outage(at, { severity: null, blind: true }),
        () => outage(at, { restricted: 'security' }),
      ])()
    : restored(at, at - random.pick([2000, 20_000]));
  const diagnoses = random.chance(0.6)
    ? [
        nodeFailure(
          random.pick([0.5, 0.9]),
          random.chance(0.3) ? { id: 'dependency-down', subject: 'statefulset/postgres' } : {},
        ),
      ]
    : [];
  return assess(replica.options, replica.together, {
    service,
    assessment,
    diagnoses,
    drill: null,
    plan: world.setting.plan,
  });
}

/** Both responders believe that they watch. */
async function detectByBoth(world: World, replica: Replica): Promise<void> {
  const assessment = outage(world.now);
  const request = { service, assessment, diagnoses: [], drill: null, plan: world.setting.plan };
  await assess(replica.options, replica.together, request);
  const other = world.awake().find((one) => one !== replica);
  if (other !== undefined) await world.let(other, assess(other.options, other.together, request));
}

function declareOutage(world: World, replica: Replica): Promise<unknown> {
  const said = { severity: world.random.pick(severities), text: 'no invoice can be written', drill: null };
  const assessment = restored(world.now, world.now - 60_000);
  return declare(
    replica.options,
    { service, ...said, assessment, plan: world.setting.plan },
    somebody(world),
  );
}

function bySomebody(bodyOf: (world: World, incident: Incident) => LaterInput, among = people): Act {
  return async function said(world, replica) {
    const [incident] = world.open();
    if (incident === undefined) return;
    const body = bodyOf(world, incident);
    world.happens(body.kind);
    await replica.incidents.apply(incident.id, body, somebody(world, among));
  };
}

function approve(world: World, replica: Replica): Promise<unknown> {
  return bySomebody((_world, incident) => {
    const step = incident.steps.find((one) => one.endedAt === null && one.readyAt === null);
    return { kind: 'approve', stepId: step?.id ?? 'none', bindingHash: step?.bindingHash ?? '' };
  }, approvers)(world, replica);
}

/** The newest that is over is not; where detection follows another, the row is refused. */
async function reopen(world: World, replica: Replica): Promise<void> {
  const { rows } = world.store.query(
    `select id from incidents where status in ('stable', 'resolved') order by number desc`,
  );
  const id = rows[0]?.['id'];
  const followed = world.open().some((one) => !one.detached && one.status !== 'stable');
  if (typeof id !== 'string' || followed) return;
  await replica.incidents.apply(id, { kind: 'reopen', reason: 'it is back' }, somebody(world));
}

/** Of the newest that is closed. */
async function review(world: World, replica: Replica): Promise<void> {
  const { rows } = world.store.query(
    `select id from incidents where status = 'resolved' order by number desc`,
  );
  const id = rows[0]?.['id'];
  if (typeof id !== 'string') return;
  const held = { kind: 'reviewed', note: `held at ${world.now}`, link: null } as const;
  await replica.incidents.apply(id, held, somebody(world));
}

/** A job is done by somebody who does not know that it was begun. */
function startAgain(world: World, replica: Replica): Promise<unknown> {
  const step = world.open()[0]?.steps.find((one) => one.startedAt !== null);
  const [incident] = world.open();
  if (incident === undefined || step === undefined) return Promise.resolve();
  return replica.incidents.apply(incident.id, { kind: 'step-started', stepId: step.id }, system);
}

function deny(world: World, replica: Replica): Promise<unknown> {
  return bySomebody((_world, incident) => {
    const step = incident.steps.find((one) => one.endedAt === null && one.readyAt === null);
    return { kind: 'deny', stepId: step?.id ?? 'none', reason: 'no' };
  })(world, replica);
}

async function split(world: World, replica: Replica): Promise<void> {
  const [from] = world.open();
  if (from === undefined || world.open().length > 1) return;
  const request = {
    from: from.id,
    title: 'another outage',
    severity: world.random.pick(severities),
    reason: 'so it is',
  };
  await replica.incidents.split(request, somebody(world));
}

async function merge(world: World, replica: Replica): Promise<void> {
  const [from, into] = world.open();
  if (from === undefined || into === undefined) return;
  await replica.incidents.merge({ from: from.id, into: into.id, reason: 'one outage' }, somebody(world));
}

function somebody(world: World, among = people): Actor {
  return user(world.random.pick(among).id);
}

function waiversOf(incident: Incident): Record<string, string> {
  return Object.fromEntries(incident.checklist.map((line) => [line.text, 'not for this one']));
}
