import type { ApprovalPolicy, ContactMethod, ContactRule, ExternalContact } from '@tocsin/contract';

export type { ContactMethod, ContactRule, ExternalContact };

export type PersonRole = 'viewer' | 'responder' | 'approver' | 'admin';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly contacts: readonly ContactMethod[];
  /** When each contact method has its turn; absent: all at once. */
  readonly rules?: readonly ContactRule[] | undefined;
  /** Their name on the cluster. */
  readonly clusterUser?: string | undefined;
  /** A person played by a drill: their approvals are marked as such. */
  readonly drill: boolean;
}

/** Who is on call at one instant, by role of the document and by escalation target; pure result of `whoIsOnCall`. */
export interface OnCallView {
  /** One entry an escalation level of the plan, in order; persons is empty when nobody fills it. */
  readonly levels: readonly OnCallLevel[];
  /** By role id of the plan, for example `database-administrator`. */
  readonly roles: Readonly<Record<string, readonly Person[]>>;
  /** By role id, why nobody fills it, in words; without those that somebody fills. */
  readonly roleGaps?: Readonly<Record<string, string>>;
  /** Who would be called but is away: asked only when there is nobody else at all. */
  readonly away?: readonly Person[];
  /** Whose turn cannot be told, for their layer cannot be read: asked only when there is nobody else at all. */
  readonly unread?: readonly Person[];
  /** What the team allows without two pairs of eyes; absent: nothing. */
  readonly approvals?: ApprovalPolicy;
}

export interface OnCallLevel {
  readonly level: number;
  readonly target: string;
  readonly persons: readonly Person[];
  /** Why somebody who should fill the level does not, in words; absent when all do. */
  readonly gap?: string;
  /** Who outside is to be called when it is reached; absent: nobody. */
  readonly external?: readonly ExternalContact[];
  /** Person -> why it is them, when they are called in another's place. */
  readonly because?: Readonly<Record<string, string>>;
}
