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
    restore: () => takeBack(kubernetes),
    file: join(dirname(run.tokensFile), 'drill.json'),
  };
}

/** Every node that the response has cordoned takes pods again, as `kubectl uncordon` does. */
async function takeBack(kubernetes: Kubernetes): Promise<void> {
  const { body } = await kubernetes.ask('GET', '/api/v1/nodes');
  const { items = [] } = body as NodeList;
  for (const { metadata, spec } of items)
    if (spec?.unschedulable === true)
      await kubernetes.ask('PATCH', `/api/v1/nodes/${encodeURIComponent(metadata.name)}`, {
        body: { spec: { unschedulable: null } },
      });
}

interface NodeList {
  readonly items?: readonly {
    readonly metadata: { readonly name: string };
    readonly spec?: { readonly unschedulable?: boolean };
  }[];
}
