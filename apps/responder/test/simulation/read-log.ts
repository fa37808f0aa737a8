import type { EventBody, Incident, IncidentEvent } from '../../src/incidents/index.ts';
import type { SimulatedStore } from './simulated-store.ts';

export interface Told {
  readonly incident: Incident;
  readonly log: readonly (IncidentEvent & { readonly hash: string })[];
}

/** Every incident with its log, as they are stored. */
export function readLogs(store: SimulatedStore): readonly Told[] {
  const { rows } = store.query('select snapshot from incidents order by number');
  return rows.map((row) => {
    const incident = row['snapshot'] as Incident;
    const log = store.query(
      'select seq, at, actor, because, body, hash from incident_events where incident_id = $1 order by seq',
      [incident.id],
    );
    return { incident, log: log.rows as unknown as Told['log'] };
  });
}

/** What the log says of an incident at one moment, kept apart from the responder's own fold: it judges that, too. */
export interface Known {
  status: 'open' | 'mitigated' | 'verified' | 'stable' | 'resolved';
  readonly openedAt: number;
  /** What the matrix counts from: detection, or the moment when a person opened it again. */
  matrixFrom: number;
  snoozed: boolean;
  /** When it was last open again. */
  openSince: number;
  /** Since when the team has waited for an update. */
  waitSince: number;
  /** Instants at which an update was found missed, as `AUDIENCE DUE_AT`. */
  readonly missed: Set<string>;
  level: number;
  blind: boolean;
  handsOff: boolean;
}

export function knownAtOpening({ at, body }: IncidentEvent): Known {
  const blind = body.type === 'opened' && body.assessment.blind === true;
  return {
    status: 'open',
    openedAt: at,
    matrixFrom: at,
    openSince: at,
    waitSince: at,
    missed: new Set(),
    snoozed: false,
    level: 1,
    blind,
    handsOff: false,
  };
}

type Learn = {
  readonly [Type in EventBody['type']]?: (known: Known, body: EventBody & { type: Type }, at: number) => void;
};

const learning: Learn = {
  mitigated: (known) => Object.assign(known, { status: 'mitigated', snoozed: false }),
  verified: (known) => (known.status = 'verified'),
  stable: (known) => (known.status = 'stable'),
  resolved: (known) => (known.status = 'resolved'),
  'merged-into': (known) => (known.status = 'resolved'),
  reopened: (known, { by }, at) => openAgain(known, by !== undefined, at),
  snoozed: (known) => (known.snoozed = true),
  'snooze-ended': (known, _body, at) => Object.assign(known, { snoozed: false, openSince: at }),
  escalated: (known, { level }) => (known.level = level),
  assessed: (known, { assessment }) => (known.blind = assessment.blind === true),
  'hands-off': (known, { on }) => (known.handsOff = on),
  'update-missed': (known, { audience, dueAt }) => known.missed.add(`${audience} ${dueAt}`),
  'update-posted': (known, { update }, at) => {
    if (update.audience === 'internal') known.waitSince = at;
  },
};

export function learn(known: Known, { at, body }: IncidentEvent): void {
  const one = learning[body.type] as ((known: Known, body: EventBody, at: number) => void) | undefined;
  one?.(known, body, at);
}

/** Opened by a person after its end, it is an outage anew. */
function openAgain(known: Known, byPerson: boolean, at: number): void {
  const isAnew = byPerson && (known.status === 'stable' || known.status === 'resolved');
  Object.assign(known, { status: 'open', openSince: at, waitSince: at });
  if (isAnew) Object.assign(known, { matrixFrom: at, level: 1 });
}
