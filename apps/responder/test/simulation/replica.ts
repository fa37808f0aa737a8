import {
  createIncidents,
  type Incidents,
  type IncidentsOptions,
  type Plans,
} from '../../src/incidents/index.ts';
import { enqueuePage } from '../../src/comms/enqueue-page.ts';
import type { Channel } from '../../src/comms/channel.ts';
import { enqueueExternal } from '../../src/comms/notices/enqueue-external.ts';
import { enqueueNudge } from '../../src/comms/notices/enqueue-nudge.ts';
import { messageQueue, type MessageRow } from '../../src/comms/message-row.ts';
import { providersInTurn, type ProvidersInTurn } from '../../src/comms/providers-in-turn.ts';
import { sendMessage } from '../../src/comms/send-message.ts';
import { fireOnce, timerQueue, type TimerRow } from '../../src/incidents/run-timers.ts';
import { whoIsOnCall, type Team } from '../../src/oncall/index.ts';
import {
  createLogger,
  LeaseLost,
  type Database,
  type RowContext,
  type Together,
  type Transaction,
} from '../../src/platform/index.ts';
import { RowQueue, type Claimed } from '../../src/platform/row-queue.ts';
import { enqueue } from '../../src/steps/jobs/enqueue.ts';
import type { SimulatedStore } from './simulated-store.ts';

const log = createLogger({ level: 'silent' });
const leaseMs = 5000;

/** What a responder finds when it starts. */
interface Surroundings {
  readonly team: Team;
  readonly plans: Plans;
  readonly channel: Channel;
}

/** One life of a responder: its rooms on the simulated store, until it dies around a statement. */
export class Replica {
  readonly db: Database;
  readonly incidents: Incidents;
  readonly options: IncidentsOptions;
  readonly died: Promise<'died'>;
  alive = true;
  /** Holds what it has and does nothing: a stopped process, a machine that swaps. */
  frozen = false;
  /** Dies around the statement that many from now; commits count, too. */
  statementsLeft = Number.POSITIVE_INFINITY;
  readonly #store: SimulatedStore;
  readonly #timers: RowQueue;
  readonly #messages: RowQueue;
  readonly #providers: ProvidersInTurn;
  #die: (died: 'died') => void = () => {};

  constructor(store: SimulatedStore, { team, plans, channel }: Surroundings) {
    this.#store = store;
    this.#providers = providersInTurn({
      email: [{ name: 'email', channel }],
      inbox: [{ name: 'inbox', channel }],
    });
    this.died = new Promise((resolve) => (this.#die = resolve));
    this.db = this.#database();
    this.#timers = new RowQueue({ db: this.db, ...timerQueue }, leaseMs);
    this.#messages = new RowQueue({ db: this.db, ...messageQueue }, leaseMs);
    this.options = {
      db: this.db,
      plans,
      log,
      onCallAt: (plan, at) => whoIsOnCall(team, plan, at),
      personOf: (actor) => team.personOf(actor),
      sink: sinkOf(team),
    };
    this.incidents = createIncidents(this.options);
  }

  kill(): void {
    this.alive = false;
    this.#store.rollback();
    this.#die('died');
  }

  /** In this life the shared transactions are these. */
  get together(): Together {
    return this.incidents.together;
  }

  claimTimers(): Promise<readonly Claimed<TimerRow>[]> {
    return this.#timers.claim<TimerRow>(8);
  }

  claimMessages(): Promise<readonly Claimed<MessageRow>[]> {
    return this.#messages.claim<MessageRow>(8);
  }

  fire(row: Claimed<TimerRow>): Promise<void> {
    return unlessLost(
      fireOnce({ options: this.options, together: this.together }, row, {
        update: updateOf(this.#timers, row),
      }),
    );
  }

  send(row: Claimed<MessageRow>): Promise<void> {
    const update = updateOf(this.#messages, row);
    const context = { signal: new AbortController().signal, fence: row.fence, update };
    const { db, incidents } = this;
    const providers = this.#providers;
    const ways = { providers, noticeProviders: providers, updateProviders: providers };
    const together = { admitTogether: this.together, settleTogether: this.together };
    const sending = { db, incidents, ...ways, ...together, publicUrl: null, summarises: false };
    return unlessLost(sendMessage(sending, row, context));
  }

  #database(): Database {
    const query = <Result>(sql: string, values?: readonly unknown[]): Promise<Result> =>
      this.#step(() => this.#store.query(sql, values) as Result);
    return {
      url: '',
      query,
      transact: async (work) => {
        this.#store.begin();
        let ended = false;
        const within: typeof query = (sql, values) =>
          ended ? Promise.reject(new Error('the transaction has ended')) : query(sql, values);
        const tx = { query: within, notify: () => {}, tell: () => {} } as unknown as Transaction;
        try {
          const result = await work(tx);
          ended = true;
          await this.#step(() => this.#store.commit());
          return result;
        } catch (error) {
          ended = true;
          this.#store.rollback();
          throw error;
        }
      },
      listen: () => Promise.resolve(() => {}),
      close: () => Promise.resolve(),
    } as Database;
  }

  /** Dead before it, or dead after it: what a dead process waits for never comes. */
  #step<Result>(run: () => Result): Promise<Result> {
    if (!this.alive) return new Promise(() => {});
    this.statementsLeft -= 0.5;
    if (this.statementsLeft <= 0) return this.#dieHere();
    const result = run();
    this.statementsLeft -= 0.5;
    return this.statementsLeft <= 0 ? this.#dieHere() : Promise.resolve(result);
  }

  #dieHere<Result>(): Promise<Result> {
    this.kill();
    return new Promise(() => {});
  }
}

/** Pages, jobs and updates are rows here as everywhere; a reminder is a notice, which is no part of the game. */
function sinkOf(team: Team): IncidentsOptions['sink'] {
  return async (tx, id, command) => {
    const about = { people: team.people, publicUrl: null };
    if (command.kind === 'page') await enqueuePage(tx, id, command, about);
    else if (command.kind === 'nudge') await enqueueNudge(tx, id, command, about);
    else if (command.kind === 'mail-external') await enqueueExternal(tx, id, command);
    else if (command.kind !== 'send-update' && command.kind !== 'remind') await enqueue(tx, id, command);
  };
}

function updateOf(queue: RowQueue, row: Claimed<{ readonly id: string | number }>): RowContext['update'] {
  return (tx, set, values) => queue.update(tx, row, values === undefined ? { set } : { set, values });
}

/** Somebody else has the row: its result is not written, as the worker does it. */
async function unlessLost(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
  }
}
