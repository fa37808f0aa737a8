/** What a section of a runbook is about. */
export type Topic =
  | 'classification'
  | 'detection'
  | 'automated-detection'
  | 'manual-detection'
  | 'team'
  | 'communication'
  | 'internal-communication'
  | 'external-communication'
  | 'scenarios'
  | 'contacts'
  | 'escalation'
  | 'checklist';

/** Headings that mean the same. A heading matches when its words contain all words of an alias, in order. */
export const HEADING_ALIASES: Record<Topic, string[]> = {
  classification: [
    'outage classification',
    'incident classification',
    'severity',
    'severities',
    'severity levels',
    'classification',
    'impact levels',
    'priority levels',
    'klassifizierung',
    'schweregrade',
    'einstufung',
  ],
  detection: ['detection', 'alerts', 'alerting', 'monitoring signals', 'triggers', 'erkennung', 'alarme'],
  'automated-detection': [
    'automated detection',
    'automatic detection',
    'automatische erkennung',
    'automated alerts',
  ],
  'manual-detection': ['manual detection', 'manuelle erkennung', 'human reports'],
  team: [
    'incident response team',
    'response team',
    'roles',
    'roles and responsibilities',
    'team',
    'responders',
    'rollen',
    'einsatzteam',
    'bereitschaft',
  ],
  communication: [
    'communication plan',
    'communications',
    'communication',
    'status updates',
    'kommunikation',
    'kommunikationsplan',
  ],
  'internal-communication': ['internal communication', 'internal updates', 'interne kommunikation'],
  'external-communication': [
    'external communication',
    'customer communication',
    'external updates',
    'externe kommunikation',
    'kundenkommunikation',
  ],
  scenarios: [
    'common outage scenarios',
    'scenarios',
    'known issues',
    'known failures',
    'failure modes',
    'playbooks',
    'szenarien',
    'bekannte störungen',
  ],
  contacts: [
    'emergency contacts',
    'contacts',
    'contact list',
    'phone numbers',
    'kontakte',
    'notfallkontakte',
    'ansprechpartner',
  ],
  escalation: [
    'escalation matrix',
    'escalation',
    'escalation path',
    'escalation policy',
    'escalations',
    'eskalation',
    'eskalationsmatrix',
  ],
  checklist: ['checklist', 'resolution checklist', 'closing checklist', 'checkliste', 'abschlussliste'],
};
