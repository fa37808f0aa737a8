import { dirname, join } from 'node:path';
import { clientOf } from '../connect.ts';
import type { RunFile } from '../up/state.ts';
import { withControls } from './controls/with-controls.ts';
import { createKubernetes, type Kubernetes } from './kubernetes.ts';
import type { DrillPorts } from './open-drill.ts';
import { readSandbox, type SandboxClient } from './sandbox-client.ts';

const watchedDeployment = 'multitenant-api';

export interface PortsInput {
  readonly run: RunFile;
  readonly sandbox: SandboxClient;
  readonly say: (text: string) => void;
}

/** What a drill acts through on a running stack with a sandbox. */
export function drillPorts({ run, sandbox, say }: PortsInput): DrillPorts {
  const { kubeconfig, namespace } = readSandbox(run.sandboxFile ?? '');
  const kubernetes = createKubernetes(kubeconfig);
  return {
    admin: clientOf(run, 'drill'),
    sandbox: withControls({ kubernetes, sandbox, namespace, deployment: watchedDeployment }),
    say,
    restore: (subject) => takeBack(kubernetes, subject),
    file: join(dirname(run.tokensFile), 'drill.json'),
  };
}

/** A node that the response has cordoned takes pods again, as `kubectl uncordon` does. */
async function takeBack(kubernetes: Kubernetes, subject: string): Promise<void> {
  const [kind, name] = subject.split('/');
  if (kind !== 'node' || name === undefined) return;
  await kubernetes.ask('PATCH', `/api/v1/nodes/${encodeURIComponent(name)}`, {
    body: { spec: { unschedulable: null } },
  });
}
