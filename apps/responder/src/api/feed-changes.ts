import type { ApiOptions, ApiPorts } from './api-ports.ts';
import type { ChangeFeed } from './change-feed.ts';
import { readStatus } from './read-status.ts';

/** Publishes incident changes as they commit, and the watched status every two seconds while anybody follows. */
export async function feedChanges(
  ports: ApiPorts,
  options: ApiOptions,
  feed: ChangeFeed,
): Promise<{ stop(): void }> {
  const unhear = await ports.incidents.onChange(({ id, revision }) => {
    if (id === null) feed.publish({ name: 'resync', data: { because: 'changes may have been missed' } });
    else feed.publish({ name: 'incident-changed', data: { id, revision } });
  });
  const unhearRunbook = ports.runbook.onChange(() => {
    feed.publish({ name: 'runbook-changed', data: { hash: ports.runbook.state().inUse.hash } });
  });
  const unhearTeam = ports.team.onChange(() => {
    feed.publish({ name: 'team-changed', data: { version: ports.team.state().inUse.version } });
  });
  let busy = false;
  const tick = async (): Promise<void> => {
    if (feed.followers === 0 || busy) return;
    busy = true;
    try {
      feed.publish({ name: 'status', data: await readStatus(ports, options) });
    } catch (error) {
      // The line lives although the database does not: the reader must see that, not a broken stream.
      ports.log.warn({ error: String(error) }, 'status for open streams could not be read');
      feed.publish({ name: 'heartbeat', data: { at: new Date().toISOString() } });
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void tick(), options.statusEveryMs ?? 2000);
  return {
    stop() {
      clearInterval(timer);
      unhear();
      unhearRunbook();
      unhearTeam();
    },
  };
}
