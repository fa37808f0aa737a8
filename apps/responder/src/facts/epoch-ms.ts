/** An instant: milliseconds since 1970-01-01T00:00:00Z, as the database's clock or a recording gives it. */
export type EpochMs = number;
