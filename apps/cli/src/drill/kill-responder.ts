import type { IncidentView } from '@tocsin/contract';
import type { RunFile } from '../up/state.ts';

export interface KillOptions {
  readonly run: () => RunFile;
  readonly killAfterPageMs: number | null;
  readonly say: (text: string) => void;
}

/** Kills the responder with -9, once, so long after the first delivered page as asked. */
export function killResponder({ run, killAfterPageMs, say }: KillOptions): {
  look(incident: IncidentView): void;
} {
  let planned = false;
  return {
    look(incident) {
      if (planned || killAfterPageMs === null || !incident.pages.some((page) => page.deliveredAt !== null))
        return;
      planned = true;
      setTimeout(() => {
        const { responderPid } = run();
        process.kill(responderPid, 'SIGKILL');
        say(`killed the responder (-9, process ${responderPid})`);
      }, killAfterPageMs);
    },
  };
}
