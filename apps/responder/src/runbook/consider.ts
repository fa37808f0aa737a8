import type { Change } from '@tocsin/runbook';
import type { Actor } from '#incidents';
import { AppError, type Transaction } from '#platform';
import { ConfigError } from '../config.ts';
import { errorsOf, sayErrors } from './compile-document.ts';
import { type Adoption, decideAdoption } from './decide-adoption.ts';
import type { RunbookOptions } from './runbook-options.ts';
import type { RunbookDocument, StoredState } from './runbook-version.ts';
import { lockRunbook } from './store/lock-runbook.ts';
import { readState } from './store/read-versions.ts';
import { putInUse, standBeside, type VersionEntry, withdrawStanding } from './store/save-version.ts';
import { tell } from './store/tell.ts';
import { takeOffered } from './take-offered.ts';

const self: Actor = { kind: 'system', id: 'responder' };

/**
 * Decides about the text that the file holds and writes it down; a second responder with the same text finds nothing left
 * to do. Throws ConfigError, with every error's place, when there is no version to go on with.
 */
export async function consider(options: RunbookOptions, document: RunbookDocument): Promise<void> {
  const { verdict } = await options.db.transact((tx) => considerIn(options, tx, document));
  // The offer is committed and shown before: a crash in between finds it, and takes it then.
  if (verdict === 'show-then-take') await takeUnlessTaken(options, document.plan.hash);
}

async function considerIn(
  options: RunbookOptions,
  tx: Transaction,
  document: RunbookDocument,
): Promise<Adoption> {
  await lockRunbook(tx, options.serviceId);
  const state = await readState(tx, options.serviceId);
  const changes = state.inUse === null ? [] : options.diff(state.inUse.document.plan, document.plan);
  const { hash } = document.plan;
  const next = { hash, errors: errorsOf(document.plan).length, changes };
  const adoption = decideAdoption(state.inUse, next, options.policy);
  await carryOut({ options, tx, document, state, changes }, adoption);
  return adoption;
}

interface Considered {
  readonly options: RunbookOptions;
  readonly tx: Transaction;
  readonly document: RunbookDocument;
  readonly state: StoredState;
  readonly changes: readonly Change[];
}

async function carryOut(considered: Considered, { verdict, because }: Adoption): Promise<void> {
  switch (verdict) {
    case 'same':
      return withdraw(considered);
    case 'refuse':
      return stand(considered, 'refused', because);
    case 'take':
      return take(considered, because);
    case 'show-then-take':
    case 'wait':
      return stand(considered, 'offered', because);
    default:
      return verdict satisfies never;
  }
}

async function withdraw({ options: { serviceId, log }, tx, state }: Considered): Promise<void> {
  if (state.standing === null) return;
  const { hash, status } = state.standing;
  await withdrawStanding(tx, serviceId);
  await tell(tx, { serviceId, hash, actor: self, event: 'withdrawn', detail: { status } });
  log.info({ hash, status }, 'runbook: the file holds the version in use again');
}

async function stand(considered: Considered, status: 'offered' | 'refused', because: string): Promise<void> {
  const { options, tx, document, state } = considered;
  const { plan } = document;
  if (state.inUse === null) throw new ConfigError(sayErrors(plan));
  const { standing } = state;
  if (standing?.hash === plan.hash && standing.status === status) return;
  const entry = entryOf(considered, because);
  await options.plans.storePlan(tx, document);
  await standBeside(tx, status, entry);
  const detail = { because, changes: entry.changes, errors: errorsOf(plan) };
  await tell(tx, { ...entry, actor: self, event: status, detail });
  if (status === 'refused')
    options.log.error(
      { hash: plan.hash, errors: sayErrors(plan).split('\n') },
      'runbook: the edited version was refused; the old one stays in use',
    );
  else
    options.log.warn(
      { hash: plan.hash, because, changes: entry.changes.map((one) => `${one.weight}: ${one.text}`) },
      'runbook: a new version is offered',
    );
}

async function take(considered: Considered, because: string): Promise<void> {
  const { options, tx, document } = considered;
  await options.plans.storePlan(tx, document);
  const entry = entryOf(considered, because);
  await putInUse(tx, entry, self);
  await tell(tx, { ...entry, actor: self, event: 'taken', detail: { because, changes: entry.changes } });
}

function entryOf({ options, document, state, changes }: Considered, because: string): VersionEntry {
  return {
    serviceId: options.serviceId,
    hash: document.plan.hash,
    because,
    comparedWith: state.inUse?.hash ?? null,
    changes: errorsOf(document.plan).length > 0 ? [] : changes,
  };
}

/** Another responder, or a person, may have been quicker: that is as good. */
async function takeUnlessTaken(options: RunbookOptions, hash: string): Promise<void> {
  try {
    await takeOffered(options, hash, self);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    options.log.info({ hash }, `runbook: not taken into use: ${error.message}`);
  }
}
