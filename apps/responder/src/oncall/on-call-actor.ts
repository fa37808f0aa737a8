/** As much of an acting user, token or part of the system as is needed to know the person. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system';
  readonly id: string;
}

/** Who did something, as it is kept. */
export type NamedActor =
  | { readonly kind: 'user' | 'token'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly id: string };
