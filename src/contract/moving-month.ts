/** A year and a month in sandbox data that move with the calendar; the values that stand there are examples. */
export interface MovingMonth {
  /** Months before the current one. */
  readonly ago: number
  /** Parameters by which a caller may ask for another month instead: year, month. */
  readonly asked?: readonly [string, string]
  /** Where the year stands, a dotted path. */
  readonly year: string
  /** Where the month stands. */
  readonly month: string
}
