import type { EpochMs } from '#facts';
import { redact } from './redact.ts';

/** What a program that runs right now has written so far: its end, at most 4,096 characters, secrets removed. */
export interface LiveOutput {
  readonly actionId: string;
  readonly command: string;
  readonly startedAt: EpochMs;
  readonly text: string;
}

/** One that is being written. */
export interface OpenOutput {
  readonly add: (text: string) => void;
  readonly close: () => void;
}

/** Output of running programs, in this responder's memory: it is shown while they run, and frozen as evidence when they have ended. */
export interface LiveOutputs {
  open(incidentId: string, one: Pick<LiveOutput, 'actionId' | 'command'>): OpenOutput;
  of(incidentId: string, secrets: readonly string[]): readonly LiveOutput[];
}

const keptCharacters = 4096;

export function createLiveOutputs(now: () => EpochMs = Date.now): LiveOutputs {
  const running = new Map<OpenOutput, { incidentId: string; output: LiveOutput }>();
  return {
    open(incidentId, { actionId, command }) {
      const entry = { incidentId, output: { actionId, command, startedAt: now(), text: '' } };
      const one: OpenOutput = {
        add: (text) => {
          entry.output.text = (entry.output.text + text).slice(-keptCharacters);
        },
        close: () => void running.delete(one),
      };
      running.set(one, entry);
      return one;
    },
    of: (incidentId, secrets) =>
      [...running.values()]
        .filter((one) => one.incidentId === incidentId)
        .map(({ output }) => ({
          ...output,
          command: redact(output.command, secrets),
          text: redact(output.text, secrets),
        })),
  };
}
