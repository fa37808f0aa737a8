import type { ComponentState, PageLanguage, PublicStatus, TenantPage } from '@tocsin/contract';

/** Everything that the page says in one language. */
export interface Words {
  readonly id: PageLanguage;
  readonly language: string;
  readonly locale: string;
  readonly title: (name: string) => string;
  readonly skip: string;
  readonly overall: Readonly<Record<ComponentState, string>>;
  readonly state: Readonly<Record<ComponentState, string>>;
  readonly status: Readonly<Record<PublicStatus, string>>;
  /** What an incident is called, by the worst that its components were. */
  readonly incident: Readonly<Record<ComponentState | 'unmeasured', string>>;
  readonly drill: string;
  readonly current: string;
  readonly components: string;
  /** `measured`: on how many of the 90 days anything was measured. */
  readonly uptime: (percent: string, measured: number) => string;
  readonly unmeasured: string;
  readonly daysAgo: (days: number) => string;
  readonly today: string;
  readonly daysBelow: string;
  readonly noDaysBelow: string;
  readonly maintenance: string;
  readonly maintenanceStatus: Readonly<Record<'scheduled' | 'in_progress' | 'completed', string>>;
  readonly history: string;
  readonly noIncidents: string;
  readonly started: (at: string) => string;
  readonly resolved: (at: string) => string;
  readonly nextUpdate: (at: string) => string;
  /** Said until a person has written the first update. */
  readonly measured: string;
  /** Said when it ended and nobody has written so. */
  readonly measuredEnd: string;
  readonly affected: string;
  readonly lastChange: (at: string) => string;
  readonly stale: (at: string, minutes: number) => string;
  readonly back: string;
  readonly feeds: string;
  readonly languages: string;
  readonly notFound: string;
  readonly home: string;
  readonly support: string;
  readonly report: Readonly<
    Record<
      | 'title'
      | 'lead'
      | 'text'
      | 'from'
      | 'send'
      | 'stored'
      | 'tooMany'
      | 'away'
      | 'invalid'
      /** Said to who meets the field that only machines fill in. */
      | 'trap',
      string
    >
  >;
  /** A tenant's own page. */
  readonly tenant: {
    readonly title: (tenant: string) => string;
    readonly state: Readonly<Record<TenantPage['state'], string>>;
    readonly harmed: (minutes: number) => string;
    readonly incidents: string;
    readonly ended: (at: string) => string;
    /** What the minutes count. */
    readonly counts: string;
    readonly unknownTitle: string;
    readonly unknown: string;
  };
  readonly subscribe: Readonly<
    Record<
      | 'title'
      | 'lead'
      | 'email'
      | 'address'
      | 'asked'
      | 'invalid'
      | 'webhook'
      | 'webhookLead'
      | 'webhookUrl'
      | 'webhookInvalid'
      | 'slack'
      | 'slackLead'
      | 'slackUrl'
      | 'slackInvalid'
      | 'hookAsked'
      | 'send'
      | 'confirmTitle'
      | 'confirm'
      | 'confirmed'
      | 'leaveTitle'
      | 'leave'
      | 'left'
      | 'unknown',
      string
    >
  >;
}
