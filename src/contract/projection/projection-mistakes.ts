import type { Operation } from '../api.js'
import type { Mistake } from '../mistake.js'
import { isRecord, visitKeywords } from '../reading/keywords.js'
import { locate } from '../reading/locate.js'
import { isJsonMedia } from '../reading/read-cases.js'
import { mistakeAt, valueAt } from '../reading/shape-mistakes.js'
import type { Path, Source } from '../reading/source.js'
import { type Obstacle, shapeCompiler } from './compile-shape.js'
import { hiddenDecisions } from './hidden-decisions.js'
import { rulesIn } from './rules-in.js'
import type { Shape } from './shape.js'
import { unbounded, uncovered, uncoveredByDefault } from './uncovered.js'

interface Around {
  readonly operations: readonly Operation[]
  /** Each property of an answer must then be under a rule. */
  readonly personalData: boolean
  /** It is stated that the required scopes open all that is answered: true only where no scope shapes anything. */
  readonly opensAll: boolean
}

export interface ProjectionMistakes {
  /** Whatever is published: the gateway would tell what it hides. */
  readonly lasting: readonly Mistake[]
  /** For publication alone: what they ask for the gateway holds by itself, and lets less out than is meant. */
  readonly tolerated: readonly Mistake[]
}

/** What keeps scopes from shaping the answers of a contract; `raised` is the document with its references still in it. */
export function projectionMistakes(raised: Source, around: Around): ProjectionMistakes {
  const { operations, personalData, opensAll } = around
  if ((!personalData || opensAll) && !speaksOfScopes(raised.value)) return { lasting: [], tolerated: [] }
  const found = operations.map((operation) => operationObstacles(raised.value, operation, personalData))
  const told = (obstacles: readonly Obstacle[]) =>
    [...new Map(obstacles.map((one) => [`${one.at.join('/')} ${one.reason}`, one])).values()].map(({ at, ...rest }) =>
      mistakeAt(raised, at, rest),
    )
  return {
    lasting: told(found.flatMap(({ lasting }) => lasting)),
    tolerated: told(found.flatMap(({ tolerated }) => tolerated)),
  }
}

function speaksOfScopes(document: unknown): boolean {
  let found = false
  visitKeywords(document, (node) => {
    found ||= node['x-scope'] !== undefined || node['x-population'] !== undefined
  })
  return found
}

function operationObstacles(root: unknown, operation: Operation, personalData: boolean) {
  const compiler = shapeCompiler(root)
  const answers = answersOf(root, operation).map((answer) => ({
    ...answer,
    shape: compiler.shape({ schema: answer.schema, at: answer.at }),
  }))
  const ruled = answers.some(({ shape }) => rulesIn(shape).length > 0)
  if (!ruled && !personalData) return { lasting: [], tolerated: [] }
  const opaque = answers.filter(
    ({ media, failure, shape }) => !isJsonMedia(media) && (rulesIn(shape).length > 0 || (personalData && !failure)),
  )
  return {
    lasting: answers.flatMap(({ shape }) => hiddenDecisions(shape)),
    tolerated: [
      ...compiler.obstacles,
      ...opaque.map(({ at, media }) => ({
        at,
        reason: `scopes cannot shape "${media}"`,
        mend: 'Answer in JSON, or in an API without personal data.',
      })),
      ...(personalData ? answers.flatMap(bareIn) : []),
    ],
  }
}

function bareIn({ at, status, failure, shape }: DeclaredAnswer & { readonly shape: Shape }): readonly Obstacle[] {
  if (failure) return unbounded(shape)
  return status === 'default' ? uncoveredByDefault(shape, at) : uncovered(shape)
}

interface DeclaredAnswer {
  readonly status: string
  readonly at: Path
  readonly schema: unknown
  readonly media: string
  /** 4XX and 5XX: what it says is not of a person, as long as the contract names it. */
  readonly failure: boolean
}

function answersOf(root: unknown, { path, method, definition }: Operation): readonly DeclaredAnswer[] {
  const responses = definition.responses ?? {}
  // `default` speaks for every answer that has no key of its own, those that succeed among them.
  const othersFail = ['2XX', '3XX'].every((key) => Object.hasOwn(responses, key))
  return Object.entries(responses).flatMap(([status, { content }]) =>
    Object.keys(content ?? {}).flatMap((media) => {
      const failure = status === 'default' ? othersFail : /^[45]/.test(status)
      const way: Path = ['paths', path, method.toLowerCase(), 'responses', status, 'content', media]
      const at = locate(root, way)
      const found = at === null ? undefined : valueAt(root, at)
      if (at === null || !isRecord(found)) return []
      return [{ at: [...at, 'schema'], schema: found.schema ?? {}, status, media, failure }]
    }),
  )
}
