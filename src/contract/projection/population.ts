import { isRecord } from '../reading/keywords.js'
import { holds, readScopeRule, type ScopeRule } from './scope-rule.js'

/** Items that a scope lets through: those that meet every condition. */
export interface Population {
  readonly rule: ScopeRule
  readonly where: readonly Condition[]
}

export interface Condition {
  /** Steps from the item to the property: `regime.code` is two. */
  readonly path: readonly string[]
  readonly values: ReadonlySet<unknown>
}

/**
 * `x-population` as it is written: `[{ scope, where }]`, `where` being `{ property: statut, equals: admis }`,
 * `{ property: regime.code, in: [RF1, RF2] }` or a list of such. Null: not understood.
 */
export function readPopulations(value: unknown): readonly Population[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const read = value.map(readPopulation)
  return read.includes(null) ? null : read.flatMap((one) => one ?? [])
}

/** True when some population that the scopes open holds the item. */
export function belongs(populations: readonly Population[], item: unknown, scopes: ReadonlySet<string>): boolean {
  return populations.some(
    ({ rule, where }) => holds(rule, scopes) && where.every((condition) => meets(item, condition)),
  )
}

function readPopulation(value: unknown): Population | null {
  if (!isRecord(value) || value.scope === undefined || value.where === undefined) return null
  if (Object.keys(value).length !== 2) return null
  const rule = readScopeRule(value.scope)
  const list: readonly unknown[] = Array.isArray(value.where) ? value.where : [value.where]
  const where = list.map(readCondition)
  if (rule === null || where.length === 0 || where.includes(null)) return null
  return { rule, where: where.flatMap((one) => one ?? []) }
}

function readCondition(value: unknown): Condition | null {
  if (!isRecord(value) || typeof value.property !== 'string' || Object.keys(value).length !== 2) return null
  const path = value.property.split('.')
  const values: unknown = 'equals' in value ? [value.equals] : value.in
  if (path.includes('') || !Array.isArray(values) || values.length === 0 || !values.every(isScalar)) return null
  return { path, values: new Set(values) }
}

function meets(item: unknown, { path, values }: Condition): boolean {
  let current = item
  for (const step of path) {
    if (!isRecord(current) || !Object.hasOwn(current, step)) return false
    current = current[step]
  }
  return values.has(current)
}

const isScalar = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value)
