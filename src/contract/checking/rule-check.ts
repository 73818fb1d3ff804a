import type { CallRule } from '../call-rule.js'
import type { ContractBreach, Query } from './breach.js'
import { type Day, dayAt, dayNumber, exists, monthNumber } from './calendar.js'

/** Asked only of calls whose parameters are right one by one, of what they give (`givenQuery`). `now` in milliseconds since the epoch. */
export type RuleCheck = (query: Query, now: number) => ContractBreach | null

export function createRuleCheck(rules: readonly CallRule[]): RuleCheck {
  const checks = rules.map(checkOf)
  return (query, now) => {
    for (const check of checks) {
      const breach = check(query, now)
      if (breach !== null) return breach
    }
    return null
  }
}

function checkOf(rule: CallRule): RuleCheck {
  if ('date' in rule) return (query, now) => dateBreach(rule, query, now)
  if ('day' in rule) return (query, now) => dayBreach(rule, query, now)
  if ('schoolYear' in rule) return (query, now) => schoolYearBreach(rule, query, now)
  if ('month' in rule) return (query, now) => monthBreach(rule, query, now)
  if ('year' in rule) return (query, now) => yearBreach(rule, query, now)
  if ('apart' in rule) return (query) => apartBreach(rule, query)
  return 'needs' in rule ? (query) => needsBreach(rule, query) : (query) => choiceBreach(rule, query)
}

type Of<Key extends string> = Extract<CallRule, Record<Key, unknown>>

function dateBreach({ date, from, past, error }: Of<'date'>, query: Query, now: number): ContractBreach | null {
  const [year, month, day] = date.map((name) => numberOf(query, name))
  if (day !== undefined && month === undefined) return broken(date[1], error)
  if (month !== undefined && year === undefined) return broken(date[0], error)
  return year === undefined || stands({ year, month, day }, { from, past }, now) ? null : broken(date[0], error)
}

function dayBreach({ day, from, past, error }: Of<'day'>, query: Query, now: number): ContractBreach | null {
  const text = textOf(query, day)
  return text === undefined || stands(dayOf(text), { from, past }, now) ? null : broken(day, error)
}

/** A date of which only the beginning may be known. */
interface Known {
  readonly year: number
  readonly month: number | undefined
  readonly day: number | undefined
}

interface Bounds {
  readonly from: string | undefined
  readonly past: boolean | undefined
}

/** A date, or the part of it that is known, is of the calendar and within its bounds. */
function stands({ year, month, day }: Known, { from, past }: Bounds, now: number) {
  const earliest: Day = { year, month: month ?? 1, day: day ?? 1 }
  const latest: Day = { year, month: month ?? 12, day: day ?? 31 }
  if (!exists(earliest)) return false
  if (from !== undefined && dayNumber(latest) < dayNumber(dayOf(from))) return false
  return past !== true || dayNumber(earliest) < dayNumber(dayAt(now))
}

function schoolYearBreach({ schoolYear, from, error }: Of<'schoolYear'>, query: Query, now: number) {
  const text = textOf(query, schoolYear)
  if (text === undefined) return null
  const [begins = 0, ends = begins + 1] = text.split('-').map(Number)
  return ends === begins + 1 && begins >= from && begins <= dayAt(now).year ? null : broken(schoolYear, error)
}

function monthBreach({ month: names, last, errors }: Of<'month'>, query: Query, now: number): ContractBreach | null {
  const [year, month] = names.map((name) => numberOf(query, name))
  if (year === undefined) return month === undefined ? null : broken(names[0], errors.year)
  if (month === undefined) return broken(names[1], errors.month)
  const today = dayAt(now)
  if (year > today.year) return broken(names[0], errors.year)
  const ago = monthNumber(today) - monthNumber({ year, month })
  if (ago < 0) return broken(names[1], errors.month)
  return ago < last ? null : broken(names[0], errors.old)
}

function yearBreach({ year: name, ago, error }: Of<'year'>, query: Query, now: number): ContractBreach | null {
  const year = numberOf(query, name)
  return year === undefined || year <= dayAt(now).year - ago ? null : broken(name, error)
}

function needsBreach({ parameter, needs, error }: Of<'needs'>, query: Query): ContractBreach | null {
  if (!isGiven(query, parameter)) return null
  const missing = needs.find((name) => !isGiven(query, name))
  return missing === undefined ? null : broken(missing, error)
}

function choiceBreach({ choice, error }: Of<'choice'>, query: Query): ContractBreach | null {
  const whole = choice.some((names) => names.every((name) => isGiven(query, name)))
  return whole ? null : broken(nearest(choice, query), error)
}

const apartBreach = ({ apart, error }: Of<'apart'>, query: Query): ContractBreach | null =>
  apart.every((name) => isGiven(query, name)) ? broken(apart[1], error) : null

/** What is missing of the way that was begun; of the first one where none was. */
function nearest(choice: readonly (readonly string[])[], query: Query): string {
  const begun = choice.find((names) => names.some((name) => isGiven(query, name))) ?? choice[0] ?? []
  return begun.find((name) => !isGiven(query, name)) ?? ''
}

const broken = (name: string, errorCode: string): ContractBreach => ({ kind: 'rule', name, expected: '', errorCode })

const isGiven = (query: Query, name: string): boolean => query.get(name)?.some((value) => value !== null) === true

const textOf = (query: Query, name: string): string | undefined => query.get(name)?.[0] ?? undefined

function numberOf(query: Query, name: string): number | undefined {
  const value = textOf(query, name)
  return value === undefined ? undefined : Number(value)
}

function dayOf(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return { year, month, day }
}
