/** What a contact method has proven. */
export interface ProvenContact {
  /** As its person names it: `email:ada@example.org`. */
  readonly contact: string;
  readonly verified: boolean;
}

/** What a provider said when it was asked whether it takes our credentials. */
export interface ChannelState {
  /** `sms`, or `sms-2` for the second of its kind. */
  readonly name: string;
  /** `not-checked`: it could not be asked without sending, or had no time for us. */
  readonly state: 'alive' | 'dead' | 'not-checked';
  /** Null when it is alive. */
  readonly reason: string | null;
}

/** What bears on readiness beside the team itself. */
export interface ReadinessFacts {
  /** By the person's id. */
  readonly contacts: ReadonlyMap<string, readonly ProvenContact[]>;
  readonly channels: readonly ChannelState[];
}
