import { dayAt, type Json, type MovingMonth, monthNumber } from '#contract'
import type { Call } from '../call.js'

/** Months since the year 0: at a moment, in milliseconds since the epoch. */
export const currentMonth = (now: number): number => monthNumber(dayAt(now))

/** The value with its moving years and months written, counted from `current`; a call may ask for another month. */
export function withMonths(value: Json, months: readonly MovingMonth[], at: { current: number; call?: Call }): Json {
  return months.reduce((written, { ago, asked, year, month }) => {
    const told = (asked === undefined ? null : askedMonth(asked, at.call)) ?? at.current - ago
    const withYear = writtenAt(written, year.split('.'), Math.floor(told / 12))
    return writtenAt(withYear, month.split('.'), (told % 12) + 1)
  }, value)
}

/** Only a place that is there is written: data may say that there is none. */
function writtenAt(value: Json, [name, ...rest]: readonly string[], told: number): Json {
  if (name === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const record = value as { readonly [key: string]: Json }
  const child = record[name]
  if (child === undefined) return value
  return { ...record, [name]: rest.length === 0 ? told : writtenAt(child, rest, told) }
}

function askedMonth([year, month]: readonly [string, string], call: Call | undefined): number | null {
  const [told, of] = [year, month].map((name) => Number(call?.query.get(name)?.[0] ?? Number.NaN))
  if (told === undefined || of === undefined || !Number.isInteger(told) || !(of >= 1 && of <= 12)) return null
  return monthNumber({ year: told, month: of })
}
