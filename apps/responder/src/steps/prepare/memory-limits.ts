import { z } from 'zod';
import { memoryBytes } from '#cluster';

/** A container's memory limit as a patch would set it. */
export interface MemoryLimit {
  readonly container: string;
  /** As written, for example `1Gi`. */
  readonly text: string;
  readonly bytes: number;
}

const memory = z.strictObject({ memory: z.string() });
/** A patch of memory and of nothing else: one that does more is not judged by its limits alone. */
const memoryPatch = z.strictObject({
  spec: z.strictObject({
    template: z.strictObject({
      spec: z.strictObject({
        containers: z
          .array(
            z.strictObject({
              name: z.string(),
              resources: z.strictObject({ limits: memory, requests: memory.optional() }),
            }),
          )
          .min(1),
      }),
    }),
  }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The limits that a strategic merge patch (kubectl's default) sets; null when it is anything else. */
export function memoryLimitsOf(
  patch: string | undefined,
  type: string | undefined,
): readonly MemoryLimit[] | null {
  if (patch === undefined || (type ?? 'strategic') !== 'strategic') return null;
  const parsed = memoryPatch.safeParse(parseJson(patch));
  if (!parsed.success) return null;
  const limits = parsed.data.spec.template.spec.containers.map(({ name, resources }) => ({
    container: name,
    text: resources.limits.memory,
    bytes: memoryBytes(resources.limits.memory),
  }));
  return limits.every((one): one is MemoryLimit => one.bytes !== null) ? limits : null;
}
