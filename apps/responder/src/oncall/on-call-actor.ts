/** As much of an acting user, token or part of the system as is needed to know the person. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system';
  readonly id: string;
}
