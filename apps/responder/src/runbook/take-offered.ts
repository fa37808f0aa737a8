import type { Actor } from '#incidents';
import { AppError, type Transaction } from '#platform';
import type { RunbookOptions } from './runbook-options.ts';
import type { RunbookVersion } from './runbook-version.ts';
import { lockRunbook } from './store/lock-runbook.ts';
import { readState, readStatus } from './store/read-versions.ts';
import { putInUse } from './store/save-version.ts';
import { tell } from './store/tell.ts';

/**
 * Takes the offered version into use in somebody's name. Throws AppError: `not-found` for a version that was never seen,
 * `conflict` when it is not the one that is offered now.
 */
export function takeOffered(
  options: Pick<RunbookOptions, 'db' | 'serviceId'>,
  hash: string,
  by: Actor,
): Promise<void> {
  const { db, serviceId } = options;
  return db.transact(async (tx) => {
    await lockRunbook(tx, serviceId);
    const { standing, inUse } = await readState(tx, serviceId);
    if (standing?.hash !== hash || standing.status !== 'offered')
      throw await whyNot(tx, serviceId, hash, standing);
    const { because, changes } = standing;
    await putInUse(tx, { serviceId, hash, because, changes, comparedWith: inUse?.hash ?? null }, by);
    await tell(tx, { serviceId, hash, actor: by, event: 'taken', detail: { because, changes } });
  });
}

async function whyNot(
  tx: Transaction,
  serviceId: string,
  hash: string,
  standing: RunbookVersion | null,
): Promise<AppError> {
  const known = await readStatus(tx, serviceId, hash);
  const expected =
    standing?.status === 'offered' ? `expected the offered ${standing.hash}` : 'no version is offered now';
  if (known === null)
    return new AppError('not-found', `hash: ${hash}: this runbook has never had such a version; ${expected}`);
  const said = {
    'in-use': 'it is in use already',
    refused: 'it has errors and was refused',
    superseded: 'the file does not hold it any more',
    offered: 'it has just been offered again',
  }[known.status];
  return new AppError('conflict', `hash: ${hash}: ${said}; ${expected}`);
}
