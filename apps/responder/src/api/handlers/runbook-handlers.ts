import { actorOf } from '../caller.ts';
import type { Handlers } from '../handler.ts';
import { runbookVersionView, runbookView } from '../views/runbook-view.ts';

export const runbookHandlers = {
  runbook: ({ ports }) => Promise.resolve(runbookView(ports.runbook.state())),

  runbookVersions: async ({ ports }) => (await ports.runbook.versions()).map(runbookVersionView),

  adoptRunbook: async ({ ports }, { body, caller }) =>
    runbookView(await ports.runbook.adopt(body.hash, actorOf(caller))),
} satisfies Partial<Handlers>;
