import type { ApiVersion, MediaDefinition, Operation } from '../api.js'
import type { Json } from '../json.js'
import { isJsonMedia, responseKey } from '../reading/read-cases.js'
import { closedFailure, closedSuccess } from './closed.js'
import { type Compiler, shapeCompiler } from './compile-shape.js'
import { type Cut, cutter } from './cut.js'
import { type FieldNames, fieldNames } from './field-names.js'
import { type Projected, project } from './project.js'
import { rulesIn } from './rules-in.js'
import type { Shape } from './shape.js'

/** Lets out of a body what the scopes allow. */
export interface Projector {
  (body: Json, scopes: ReadonlySet<string>): Projected
  /** Names of the fields of what was let out. */
  readonly fields: FieldNames
  /** The same from the bytes of a body, where that can be told without reading it into values. */
  readonly cut: Cut
}

/** How the answers of an operation are shaped. */
export interface OperationProjection {
  /** Every scope that shapes one of its answers: whoever holds none of them sees nothing. Empty: the contract alone bounds them. */
  readonly scopes: ReadonlySet<string>
  answer(status: number, contentType: string | null): AnswerProjection
  /** Names of the headers that the contract declares for this status, in small letters. */
  headers(status: number): ReadonlySet<string>
}

/**
 * `undeclared`: the contract has no such answer, so nothing of it may leave. `empty`: it has the answer, without a body.
 * `opaque`: a declared body that is no JSON and that no rule covers; of personal data none is, since nothing bounds what it says.
 */
export type AnswerProjection = Projector | 'undeclared' | 'empty' | 'opaque'

/**
 * The projection of an operation, compiled when it is first asked for and then kept; null where no scope shapes its answers. Of personal data
 * nothing leaves that the contract does not name, and but for errors nothing that no rule opens, unless it is stated that the required scopes open all.
 */
export function apiProjection({
  document,
  access,
  opensAll,
}: Bounded): (operation: Operation) => OperationProjection | null {
  const guarded = access?.personalData === true && opensAll !== true
  const known = new Map<Operation, OperationProjection | null>()
  let compiler: Compiler | null = null
  return (operation) => {
    const ready = known.get(operation)
    if (ready !== undefined) return ready
    compiler ??= shapeCompiler(document)
    const compiled = compile(operation, { compiler, guarded })
    known.set(operation, compiled)
    return compiled
  }
}

type Bounded = Pick<ApiVersion, 'document'> & Partial<Pick<ApiVersion, 'access' | 'opensAll'>>

interface Compiling {
  readonly compiler: Compiler
  readonly guarded: boolean
}

function compile(operation: Operation, { compiler, guarded }: Compiling): OperationProjection | null {
  const shapes = new Map<MediaDefinition, Shape>()
  for (const response of Object.values(operation.definition.responses ?? {}))
    for (const media of Object.values(response.content ?? {}))
      shapes.set(media, compiler.shape({ schema: media.schema ?? {}, at: [operation.id] }))
  const scopes = new Set([...shapes.values()].flatMap(rulesIn).flat(2))
  if (scopes.size === 0 && !guarded) return null
  const known = new Map<string, AnswerProjection>()
  // Most answers are of one kind.
  let latest = { status: 0, contentType: '' as string | null, found: 'undeclared' as AnswerProjection }
  return {
    scopes,
    answer(status, contentType) {
      if (status === latest.status && contentType === latest.contentType) return latest.found
      const key = `${status} ${contentType}`
      const found = known.get(key) ?? find(operation, { status, contentType, shapes, guarded })
      if (known.size < answersMax) known.set(key, found)
      latest = { status, contentType, found }
      return found
    },
    headers: declaredHeaders(operation),
  }
}

/** Content types come from outside: only so many are remembered. */
const answersMax = 100

interface Asked {
  readonly status: number
  readonly contentType: string | null
  readonly shapes: ReadonlyMap<MediaDefinition, Shape>
  readonly guarded: boolean
}

function find(operation: Operation, { status, contentType, shapes, guarded }: Asked): AnswerProjection {
  const key = responseKey(operation, status)
  const response = key === null ? undefined : operation.definition.responses?.[key]
  if (response === undefined) return 'undeclared'
  const content = response.content ?? {}
  if (Object.keys(content).length === 0) return 'empty'
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  const media = mediaFor(content, type)
  const shape = media === null ? undefined : shapes.get(media)
  if (shape === undefined) return 'undeclared'
  const failure = status >= 400
  if (isJsonMedia(type)) return projector(guarded ? (failure ? closedFailure : closedSuccess)(shape) : shape)
  if (rulesIn(shape).length > 0) return 'undeclared'
  // An error keeps its status.
  return guarded ? (failure ? 'empty' : 'undeclared') : 'opaque'
}

function declaredHeaders(operation: Operation): (status: number) => ReadonlySet<string> {
  const known = new Map<number, ReadonlySet<string>>()
  return (status) => {
    const ready = known.get(status)
    if (ready !== undefined) return ready
    const key = responseKey(operation, status)
    const declared = key === null ? {} : (operation.definition.responses?.[key]?.headers ?? {})
    const names = new Set(Object.keys(declared).map((name) => name.toLowerCase()))
    known.set(status, names)
    return names
  }
}

const projectors = new WeakMap<Shape, Projector>()

function projector(shape: Shape): Projector {
  const ready = projectors.get(shape)
  if (ready !== undefined) return ready
  const made = Object.assign((body: Json, scopes: ReadonlySet<string>) => project(shape, body, scopes), {
    fields: fieldNames(shape),
    cut: cutter(shape),
  })
  projectors.set(shape, made)
  return made
}

/** The exact type, or the widest range that holds it; a JSON answer is held against the JSON that the contract has, whatever its subtype. */
function mediaFor(content: Readonly<Record<string, MediaDefinition>>, type: string): MediaDefinition | null {
  const entries = Object.entries(content).map(
    ([name, media]) => [name.split(';')[0]?.trim().toLowerCase(), media] as const,
  )
  const named = (wanted: string) => entries.find(([name]) => name === wanted)?.[1]
  const json = isJsonMedia(type) ? entries.find(([name]) => isJsonMedia(name ?? ''))?.[1] : undefined
  return named(type) ?? named(`${type.split('/')[0]}/*`) ?? named('*/*') ?? json ?? null
}
