import type { Mistake } from '../mistake.js'
import { readPopulations } from '../projection/population.js'
import { readScopeRule } from '../projection/scope-rule.js'
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
  [
    'x-scope',
    (value) => readScopeRule(value)?.flat() ?? null,
    'Write a scope, `{ anyOf: [scope] }` or `{ allOf: [scope] }`.',
  ],
  [
    'x-population',
    (value) => readPopulations(value)?.flatMap(({ rule }) => rule.flat()) ?? null,
    'Write a list of `{ scope, where }`, where being `{ property: p, equals: v }`, `{ property: p, in: [v, w] }` or a list of such.',
  ],
]
