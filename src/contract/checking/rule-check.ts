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
  if ('month' in rule) return (query, now) => monthBreach(rule, query, now)
  if ('year' in rule) return (query, now) => yearBreach(rule, query, now)
  if ('apart' in rule) return (query) => apartBreach(rule, query)
  return 'needs' in rule ? (query) => needsBreach(rule, query) : (query) => choiceBreach(rule, query)
}

type Of<Key extends string> = Extract<CallRule, Record<Key, unknown>>

function dateBreach({ date, from, past, error }: Of<'date'>, query: Query, now: number): ContractBreach | null {
  const [year, month, day] = date.map((name) => numberOf(query, name))
  if (year === undefined || month === undefined || day === undefined) return null
  const told: Day = { year, month, day }
  const breach = broken(date[0], error)
  if (!exists(told)) return breach
  if (from !== undefined && dayNumber(told) < dayNumber(dayOf(from))) return breach
  return past === true && dayNumber(told) >= dayNumber(dayAt(now)) ? breach : null
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

const broken = (name: string, errorCode: string): ContractBreach => ({ kind: 'format', name, expected: '', errorCode })

const isGiven = (query: Query, name: string): boolean => query.get(name)?.some((value) => value !== null) === true

function numberOf(query: Query, name: string): number | undefined {
  const value = query.get(name)?.[0]
  return typeof value === 'string' ? Number(value) : undefined
}

function dayOf(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return { year, month, day }
}
