import type { FaultKind, Injected } from './fault-kind.ts';

/** Several faults as one: injected in order, lifted in the reverse of it. */
export function together(kind: string, description: string, parts: readonly FaultKind[]): FaultKind {
  return {
    kind,
    description,
    unsupported: (ports) => parts.map((part) => part.unsupported?.(ports)).find((why) => why !== undefined),
    async inject(ports) {
      const made: Injected[] = [];
      for (const part of parts) made.push(await part.inject(ports, {}));
      return {
        subject: made.map(({ subject }) => subject).join(' and '),
        done: Object.fromEntries(made.map(({ subject, done }) => [subject, done])),
        async lift() {
          const undone: Record<string, unknown> = {};
          for (const { subject, lift } of made.toReversed()) undone[subject] = await lift();
          return undone;
        },
      };
    },
  };
}
