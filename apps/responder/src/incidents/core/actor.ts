/** Who acts. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly name: string }
  | { readonly kind: 'token'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly id: string };
