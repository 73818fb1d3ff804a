/** A day as people here count it. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' })
let known: { readonly minute: number; readonly day: Day } | null = null

/** The day in France at a moment, in milliseconds since the epoch. */
export function dayAt(now: number): Day {
  const minute = Math.floor(now / 60_000)
  if (known?.minute === minute) return known.day
  const [year = 0, month = 0, day = 0] = format.format(now).split('-').map(Number)
  known = { minute, day: { year, month, day } }
  return known.day
}

/** 31 February is none. */
export function exists({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Days in the order of time. */
export const dayNumber = ({ year, month, day }: Day): number => (year * 12 + month) * 31 + day

/** Months in the order of time. */
export const monthNumber = ({ year, month }: Pick<Day, 'year' | 'month'>): number => year * 12 + month - 1

/** The month before the one in which France is, YYYY-MM. */
export function monthBefore(now: number): string {
  const { year, month } = dayAt(now)
  const [of, past] = month === 1 ? [year - 1, 12] : [year, month - 1]
  return `${of}-${String(past).padStart(2, '0')}`
}
