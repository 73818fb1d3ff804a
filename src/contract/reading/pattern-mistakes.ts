import { patternFault } from '../linear-pattern.js'
import type { Mistake } from '../mistake.js'
import { isRecord, visitKeywords } from './keywords.js'
import { mistakeAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'

/** Beyond it a document is an attack: each costs up to some milliseconds. */
const patternsMax = 2_000

/** The patterns of the schemas (`pattern`, `patternProperties`) that cannot be matched in linear time, or not at all. */
export function patternMistakes(source: Source): readonly Mistake[] {
  const found = new Map<string, Path>()
  visitKeywords(source.value, (node, path) => {
    if (typeof node.pattern === 'string') keep(node.pattern, [...path, 'pattern'])
    if (isRecord(node.patternProperties))
      for (const pattern of Object.keys(node.patternProperties)) keep(pattern, [...path, 'patternProperties', pattern])
  })
  if (found.size > patternsMax)
    return [
      mistakeAt(source, [], {
        reason: `${found.size} different patterns, of which ${patternsMax} may stand in a document`,
        mend: 'Use fewer patterns.',
      }),
    ]
  return [...found].flatMap(([pattern, at]) => {
    const fault = patternFault(pattern)
    if (fault === null) return []
    return [mistakeAt(source, at, { reason: `the pattern cannot be used: ${fault.slice(0, 200)}`, mend, of })]
  })

  /** The same pattern is told once, where it stands first. */
  function keep(pattern: string, at: Path): void {
    if (!found.has(pattern)) found.set(pattern, at)
  }
}

const of = 'key'
const mend =
  'Write it without look-around, back-references and flags of a group, and with at most 1000 repetitions: patterns are matched in linear time.'
