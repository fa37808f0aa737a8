import type { Plan } from '@tocsin/runbook';
import type { Claimed } from '../../src/platform/row-queue.ts';
import type { Incident, Plans } from '../../src/incidents/index.ts';
import type { Team } from '../../src/oncall/index.ts';
import type { MessageRow } from '../../src/comms/message-row.ts';
import { Broken } from './broken.ts';
import { doJob, type SimulatedJob } from './do-job.ts';
import { Provider, type Attempt } from './provider.ts';
import { createRandom, type Random } from './random.ts';
import { Replica } from './replica.ts';
import type { SimulatedStore } from './simulated-store.ts';

const sendLimitMs = 4000;
/** More than any history needs: beyond it, it does not end. */
const mostRounds = 500;
const mostMicrotasks = 100_000;
const remembered = 12;

/** What is the same for every history that is played on one store. */
export interface Setting {
  readonly store: SimulatedStore;
  readonly plans: Plans;
  readonly plan: Plan;
  readonly team: Team;
}

/** Two responders, a database, a provider and a clock: everything that happens in one history happens here. */
export class World {
  readonly setting: Setting;
  readonly store: SimulatedStore;
  readonly random: Random;
  readonly provider: Provider;
  readonly replicas: [Replica, Replica];
  /** How often a change touched the cluster, by step of an incident. */
  readonly ran = new Map<string, number>();
  /** Nothing dies, hangs or comes late: what is due happens at its instant. */
  readonly calm: boolean;
  deaths = 0;
  /** What detection sees. */
  isHarmed = true;
  /** What happened last. */
  readonly trail: string[] = [];
  readonly #tell: (what: string) => void;

  constructor(setting: Setting, seed: number, tell: (what: string) => void = () => {}) {
    this.setting = setting;
    this.#tell = tell;
    this.store = setting.store;
    this.random = createRandom(seed);
    this.calm = this.random.chance(0.3);
    this.provider = new Provider(this.random);
    this.replicas = [this.#start(), this.#start()];
  }

  get now(): number {
    return this.store.now;
  }

  /** On record before it happens: what never ends is named, too. */
  happens(what: string): void {
    this.#tell(what);
    this.trail.push(what);
    if (this.trail.length > remembered) this.trail.shift();
  }

  /** Responders that do anything now. */
  awake(): readonly Replica[] {
    return this.replicas.filter((one) => one.alive && !one.frozen);
  }

  open(): readonly Incident[] {
    const { rows } = this.store.query(
      `select snapshot from incidents where status <> 'resolved' order by number`,
    );
    return rows.map((row) => row['snapshot'] as Incident);
  }

  /** Lets one piece of work run until it waits for the provider, ends, or its responder dies. */
  async let(replica: Replica, work: Promise<unknown>): Promise<void> {
    await Promise.race([work, replica.died]);
    if (!replica.alive) this.#bury(replica);
  }

  /** What is due on the way happens at its instant, while anybody is awake to see to it. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (
      let due = this.#nextDue();
      due !== null && due <= until && this.awake().length > 0;
      due = this.#nextDue()
    ) {
      await this.#endSlowSends(due);
      this.store.now = Math.max(this.now, due);
      if (!(await this.work())) this.store.now += 20;
    }
    await this.#endSlowSends(until);
    this.store.now = Math.max(this.now, until);
  }

  /** Everybody was away: what was due meanwhile is late. */
  async jump(ms: number): Promise<void> {
    await this.#endSlowSends(this.now + ms);
    this.store.now += ms;
    await this.work();
  }

  /** A send has a limit of its own, shorter than its lease. */
  async #endSlowSends(until: number): Promise<void> {
    for (const attempt of this.provider.open.slice()) {
      if (!attempt.by.alive || attempt.by.frozen || attempt.since + sendLimitMs > until) continue;
      this.store.now = Math.max(this.now, attempt.since + sendLimitMs);
      await this.#answered(attempt);
    }
  }

  /** Every responder that is awake does what is due until nothing is. True when something was done. */
  async work(): Promise<boolean> {
    let done = false;
    for (let round = 0, more = true; more; round += 1) {
      if (round > mostRounds) throw new Broken('every-history-ends', 'a row is worked on without end');
      more = false;
      for (const replica of this.awake()) more = (await this.#workOf(replica)) || more;
      done ||= more;
    }
    return done;
  }

  /** Goes on where it stopped; what it sent meanwhile is answered now, and somebody else may have its rows. */
  async thaw(replica: Replica): Promise<void> {
    this.happens('a responder goes on');
    replica.frozen = false;
    for (const attempt of this.provider.open.filter((one) => one.by === replica)) {
      // It died over the one before: what else it had open is given up.
      if (!replica.alive) return;
      this.provider.doubt(attempt);
      await this.#answered(attempt);
    }
  }

  kill(replica: Replica): void {
    replica.kill();
    this.#bury(replica);
  }

  restart(): void {
    this.replicas.forEach((one, index) => {
      if (!one.alive) this.replicas[index] = this.#start();
    });
  }

  #start(): Replica {
    const { store, team, plans } = this.setting;
    const replica: Replica = new Replica(store, {
      team,
      plans,
      channel: this.provider.channelOf(
        () => replica,
        () => this.now,
      ),
    });
    return replica;
  }

  #bury(replica: Replica): void {
    this.happens('a responder dies');
    this.deaths += 1;
    for (const attempt of this.provider.open.filter((one) => one.by === replica))
      this.provider.abandon(attempt);
  }

  async #workOf(replica: Replica): Promise<boolean> {
    if ((this.#nextDue() ?? Number.POSITIVE_INFINITY) > this.now && this.#jobs().length === 0) return false;
    const timers = await this.#claimed(replica, () => replica.claimTimers());
    for (const row of timers) await this.#whileAlive(replica, () => replica.fire(row));
    const messages = await this.#claimed(replica, () => replica.claimMessages());
    for (const row of messages) await this.#send(replica, row);
    const jobs = this.#isSmooth() || this.random.chance(0.6) ? this.#jobs() : [];
    for (const job of jobs) await this.#whileAlive(replica, () => doJob(this, replica, job));
    return timers.length + messages.length + jobs.length > 0;
  }

  #isSmooth(): boolean {
    return this.calm || this.provider.healed;
  }

  async #whileAlive(replica: Replica, work: () => Promise<void>): Promise<void> {
    if (replica.alive) await this.let(replica, work());
  }

  async #claimed<Row>(replica: Replica, claim: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
    if (!replica.alive) return [];
    let rows: readonly Row[] = [];
    await this.let(
      replica,
      claim().then((found) => (rows = found)),
    );
    return replica.alive ? rows : [];
  }

  async #send(replica: Replica, row: Claimed<MessageRow>): Promise<void> {
    if (!replica.alive || replica.frozen) return;
    const before = this.provider.open.length;
    const done = replica.send(row);
    await this.#untilSent(replica, done, before);
    const attempt = this.provider.open[before];
    if (attempt === undefined) return this.let(replica, done);
    this.#ends.set(attempt, done);
    const luck = this.#isSmooth() ? 1 : this.random.below(100) / 100;
    if (luck < 0.04) this.#freeze(replica);
    else if (luck < 0.08) this.kill(replica);
    // Slow, and still within its limit: nobody else may take it meanwhile.
    else if (luck >= 0.16) await this.#answered(attempt);
  }

  #freeze(replica: Replica): void {
    this.happens('a responder hangs in a send');
    replica.frozen = true;
  }

  /** What the rows say comes before the attempt: it has begun, has ended without one, or its responder is dead. */
  async #untilSent(replica: Replica, done: Promise<void>, before: number): Promise<void> {
    const state = { ended: false };
    const end = (): void => void (state.ended = true);
    void done.then(end, end);
    for (let turn = 0; !state.ended && replica.alive && this.provider.open.length === before; turn += 1) {
      if (turn > mostMicrotasks) throw new Broken('every-history-ends', 'a send neither begins nor ends');
      await Promise.resolve();
    }
  }

  readonly #ends = new Map<Attempt, Promise<void>>();

  /** The responder may die before it has written down what it was told. */
  async #answered(attempt: Attempt): Promise<void> {
    const replica = attempt.by;
    this.provider.answer(attempt);
    await this.let(replica, this.#ends.get(attempt) ?? Promise.resolve());
    if (!replica.alive) this.provider.doubt(attempt);
  }

  #jobs(): readonly SimulatedJob[] {
    const { rows } = this.store.query(`select * from jobs where state = 'queued' order by due_at limit 20`);
    return rows as unknown as readonly SimulatedJob[];
  }

  #nextDue(): number | null {
    const { rows } = this.store.query(
      `select min(due) as due from (
         select max(due_at, coalesce(lease_until, 0)) as due from timers where done_at is null
         union all select max(due_at, coalesce(lease_until, 0)) from messages where state in ('queued', 'sending'))`,
    );
    const due = rows[0]?.['due'];
    return typeof due === 'number' ? due : null;
  }
}
