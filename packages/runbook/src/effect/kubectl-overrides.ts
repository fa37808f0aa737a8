import { z } from 'zod';
import type { Effect } from '../plan.ts';
import { strongest } from './effect-order.ts';

const CONTAINER = z.strictObject({
  name: z.string().optional(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.unknown().optional(),
  envFrom: z.unknown().optional(),
  stdin: z.boolean().optional(),
  tty: z.boolean().optional(),
  resources: z.unknown().optional(),
  workingDir: z.string().optional(),
  imagePullPolicy: z.string().optional(),
});

/** Host access, volumes, other identities and all that is not named here count as a change. */
const OVERRIDES = z.strictObject({
  apiVersion: z.literal('v1').optional(),
  kind: z.literal('Pod').optional(),
  metadata: z.strictObject({ labels: z.record(z.string(), z.string()).optional() }).optional(),
  spec: z
    .strictObject({
      containers: z.array(CONTAINER).optional(),
      restartPolicy: z.string().optional(),
      activeDeadlineSeconds: z.number().optional(),
      nodeSelector: z.record(z.string(), z.string()).optional(),
      tolerations: z.unknown().optional(),
    })
    .optional(),
});

/** Effect of the commands inside `kubectl run --overrides=JSON`. */
export function overridesEffect(text: string, effectOfInner: (argv: string[]) => Effect): Effect {
  const read = OVERRIDES.safeParse(jsonOf(text));
  if (!read.success) return 'mutate';
  const commands = (read.data.spec?.containers ?? []).map(({ command = [], args = [] }) => [
    ...command,
    ...args,
  ]);
  return strongest(commands.filter((argv) => argv.length > 0).map(effectOfInner));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
