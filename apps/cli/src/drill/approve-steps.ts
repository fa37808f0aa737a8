import { type Client, type IncidentView, ProblemError, type StepView } from '@tocsin/contract';

/** One of the people whom the drill plays, and the client that acts as them. */
export interface Player {
  readonly id: string;
  readonly client: Client;
}

/** Who could still say yes to a step: the first of the players who has not. Null when it needs none. Pure. */
export function nextApprover(step: StepView, players: readonly Player[]): Player | null {
  if (step.status !== 'proposed' || step.approvals.length >= step.approvalsNeeded) return null;
  const given = new Set(step.approvals.map((approval) => approval.by.id));
  return players.find((player) => !given.has(player.id)) ?? null;
}

/** Says yes, as the players, to every step that waits. A step that changed meanwhile is left to the next look. */
export async function approveSteps(incident: IncidentView, players: readonly Player[]): Promise<string[]> {
  const said: string[] = [];
  for (const step of incident.steps) {
    const player = nextApprover(step, players);
    if (player === null) continue;
    try {
      await player.client.approve(incident.id, step.id, step.bindingHash);
      said.push(`${player.id} approves: ${step.command}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      said.push(`${player.id} could not approve ${step.command}: ${error.message}`);
    }
  }
  return said;
}
