import { isRecord } from '../reading/keywords.js'

/** Every clause must hold, each by one of its scopes; no clause: anyone may see. */
export type ScopeRule = readonly (readonly string[])[]

export const open: ScopeRule = []

/** A clause that no scope fulfils. */
export const nobody: ScopeRule = [[]]

/** `x-scope` as it is written: a scope, `{ anyOf: [] }` or `{ allOf: [] }`. Null: not understood. */
export function readScopeRule(value: unknown): ScopeRule | null {
  if (value === undefined) return open
  if (typeof value === 'string') return value === '' ? null : [[value]]
  if (!isRecord(value) || Object.keys(value).length !== 1) return null
  if (isNames(value.anyOf)) return [value.anyOf]
  return isNames(value.allOf) ? value.allOf.map((scope) => [scope]) : null
}

export function holds(rule: ScopeRule, scopes: ReadonlySet<string>): boolean {
  for (const clause of rule) if (!holdsOne(clause, scopes)) return false
  return true
}

function holdsOne(clause: readonly string[], scopes: ReadonlySet<string>): boolean {
  for (const scope of clause) if (scopes.has(scope)) return true
  return false
}

export const both = (one: ScopeRule, other: ScopeRule): ScopeRule =>
  one.length === 0 ? other : other.length === 0 ? one : [...one, ...other]

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string' && name !== '')
