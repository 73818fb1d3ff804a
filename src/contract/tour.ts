import type { Text } from '#base'

/** A command of the tour that `portique dev` prints: first a token, then calls with it. */
export type TourStop =
  | { readonly title: Text; readonly kind: 'token'; readonly realm: string; readonly scope: string }
  /** A long-lived token of the sandbox with these scopes, made for the tour. */
  | { readonly title: Text; readonly kind: 'sandbox-token'; readonly scope: string }
  | {
      readonly title: Text
      readonly kind: 'call'
      /** Path and query as they go on the request line. */
      readonly target: string
      /** How many times in a row; above 1 the answers are summed up line by line. */
      readonly repeat: number
      /** The status that the last answer has, for the test that holds the tour. */
      readonly answers: number
    }
