import { sidecarName } from '@tocsin/runbook';
import type { Actor } from '#incidents';
import { ConfigError } from '../config.ts';
import { consider } from './consider.ts';
import { followFiles } from './follow-file.ts';
import { type HeldState, holdState } from './hold-state.ts';
import { readRunbook } from './read-runbook.ts';
import type { RunbookOptions } from './runbook-options.ts';
import type { RunbookDocument, RunbookState, VersionSummary } from './runbook-version.ts';
import { listVersions, readState } from './store/read-versions.ts';
import { takeOffered } from './take-offered.ts';

/** The runbook of a service: the version in use, what stands beside it, and how that gets into use. */
export interface Runbook {
  /** The version in use; every responder of the database follows the same row. */
  current(): RunbookDocument;
  state(): RunbookState;
  versions(): Promise<readonly VersionSummary[]>;
  /** Takes the offered version into use. Throws AppError `not-found` or `conflict`. */
  adopt(hash: string, by: Actor): Promise<RunbookState>;
  /** Tells of every change of `state`. Returns how to stop hearing. */
  onChange(hear: () => void): () => void;
  close(): Promise<void>;
}

/** A notice can be lost: the rows are looked at this often without one. */
const checkEveryMs = 5000;
const lookEveryMs = 1000;

/**
 * Looks at the file, decides about what it holds, and follows both from then on. Throws ConfigError, with every error's
 * place, when the file cannot be used and the database knows no version to go on with.
 */
export async function openRunbook(options: RunbookOptions): Promise<Runbook> {
  const { db, file, serviceId, log } = options;
  const held = holdState(options, await firstState(options));
  const refreshOrLog = (): void =>
    void held
      .refresh()
      .catch((error: unknown) => log.error({ err: error }, 'runbook: its versions cannot be read'));
  const unlisten = await db.listen('runbook', (payload) => {
    if (payload === null || payload === serviceId) refreshOrLog();
  });
  const everyMs = options.everyMs ?? lookEveryMs;
  const follow = followFiles([file, sidecarName(file)], { everyMs, log, look: () => look(options, held) });
  const check = setInterval(refreshOrLog, checkEveryMs);
  return {
    current: () => held.now().inUse.document,
    state: held.now,
    versions: () => listVersions(db, serviceId),
    adopt: async (hash, by) => {
      await takeOffered(options, hash, by);
      await held.refresh();
      return held.now();
    },
    onChange: held.onChange,
    close: async () => {
      unlisten();
      clearInterval(check);
      await follow.close();
    },
  };
}

async function firstState(options: RunbookOptions): Promise<RunbookState> {
  const { db, serviceId, policy, log } = options;
  const content = await readRunbook(options.file);
  if ('document' in content) await consider(options, content.document);
  const { inUse, standing } = await readState(db, serviceId);
  const unreadable = 'unreadable' in content ? content.unreadable : null;
  if (inUse === null) throw new ConfigError(unreadable ?? `${options.file}: no version of it is in use`);
  if (unreadable !== null)
    log.error({ hash: inUse.hash }, `runbook: ${unreadable}; goes on with the version in use`);
  if (standing?.status === 'refused')
    log.error({ hash: inUse.hash }, 'runbook: the file has errors; goes on with the version in use');
  return { inUse, standing, unreadable, policy };
}

async function look(options: RunbookOptions, held: HeldState): Promise<void> {
  const content = await readRunbook(options.file);
  held.setUnreadable('unreadable' in content ? content.unreadable : null);
  if ('document' in content) await consider(options, content.document);
  await held.refresh();
}
