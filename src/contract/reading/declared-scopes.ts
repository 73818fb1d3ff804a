import type { Mistake } from '../mistake.js'
import { visitKeywords } from './keywords.js'
import { mistakeAt } from './shape-mistakes.js'
import type { Source } from './source.js'

/** Scopes that shape data: named by `x-scope` on properties and `x-population` on lists. */
export function declaredScopes(source: Source): {
  readonly scopes: ReadonlySet<string>
  readonly mistakes: readonly Mistake[]
} {
  const scopes = new Set<string>()
  const mistakes: Mistake[] = []
  visitKeywords(source.value, (node, path) => {
    for (const [keyword, namesOf, mend] of readers) {
      if (node[keyword] === undefined) continue
      const names = namesOf(node[keyword])
      if (names === null)
        mistakes.push(mistakeAt(source, [...path, keyword], { reason: `"${keyword}" is not understood`, mend }))
      for (const name of names ?? []) scopes.add(name)
    }
  })
  return { scopes, mistakes }
}

type NamesOf = (value: unknown) => readonly string[] | null

const readers: readonly (readonly [string, NamesOf, string])[] = [
  ['x-scope', scopeNames, 'Write a scope, `{ anyOf: [scope] }` or `{ allOf: [scope] }`.'],
  ['x-population', populationNames, 'Write a list of `{ scope, where }`.'],
]

function scopeNames(value: unknown): readonly string[] | null {
  if (typeof value === 'string' && value !== '') return [value]
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return null
  const list: unknown = 'anyOf' in value ? value.anyOf : 'allOf' in value ? value.allOf : null
  return Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === 'string') ? list : null
}

function populationNames(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null
  const names = value.map((rule: unknown) =>
    typeof rule === 'object' && rule !== null && 'where' in rule && 'scope' in rule ? scopeNames(rule.scope) : null,
  )
  return names.includes(null) ? null : names.flatMap((name) => name ?? [])
}
