import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../json.js'
import type { ValueTest } from './adapter.js'
import { Inconvertible } from './conversion.js'
import { formatDate, parseDate } from './dates.js'
import { pointerSteps, readAt } from './json-pointer.js'

/** Whether a test holds in a document. Throws `Inconvertible` where a date is asked for and another thing stands there. */
export function holds({ at, among, before }: ValueTest, root: Json): boolean {
  const value = readAt(root, pointerSteps(at) ?? [])
  if (before === null) return value !== undefined && among.some((one) => isDeepStrictEqual(one, value))
  // Nobody has an end who has none yet.
  if (value === undefined || value === null || value === '') return false
  const parts = parseDate(before.format, value)
  const day = parts === null ? null : formatDate('YYYY-MM-DD', parts)
  if (typeof day !== 'string') throw new Inconvertible(`before of ${at}`)
  return day < before.day
}

/** A value of which the test holds. */
export function exampleOf({ among, before }: ValueTest): Json | undefined {
  if (before === null) return among[0]
  const { year = '', ...rest } = parseDate('YYYY-MM-DD', before.day) ?? {}
  return formatDate(before.format, { ...rest, year: String(Number(year) - 1).padStart(4, '0') }) ?? undefined
}
