/** What holds between the parameters of a call, or between one of them and the calendar: `x-checks` of an operation. A closed list. */
export type CallRule =
  /** Year, month and day that must be a day of the calendar, not before `from`, and past where told so; the day may be left out, or day and month, or all. */
  | {
      readonly date: readonly [string, string, string]
      readonly from?: string
      readonly past?: boolean
      readonly error: string
    }
  /** The same of one text, `2004-03-14`. */
  | { readonly day: string; readonly from?: string; readonly past?: boolean; readonly error: string }
  /** A school year, by the year in which it begins (`2026`) or by both (`2026-2027`): from `from` on, and begun by the end of this year. */
  | { readonly schoolYear: string; readonly from: number; readonly error: string }
  /** Year and month, both or none, among this month and the `last - 1` before it. */
  | { readonly month: readonly [string, string]; readonly last: number; readonly errors: MonthErrors }
  /** A year that lies `ago` years back at least. */
  | { readonly year: string; readonly ago: number; readonly error: string }
  /** One parameter that means nothing without others. */
  | { readonly parameter: string; readonly needs: readonly string[]; readonly error: string }
  /** Ways of calling: the parameters of one of them at least. */
  | { readonly choice: readonly (readonly string[])[]; readonly error: string }
  /** Two parameters of which one call has one at most. */
  | { readonly apart: readonly [string, string]; readonly error: string }

export interface MonthErrors {
  /** The year is missing or has not come. */
  readonly year: string
  /** The month is missing or has not come. */
  readonly month: string
  /** The month is too long ago. */
  readonly old: string
}
