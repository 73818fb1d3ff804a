import { Validator } from '@seriousme/openapi-schema-validator'
import type { ErrorObject } from 'ajv'
import type { Mistake } from '../mistake.js'
import { didYouMean } from './did-you-mean.js'
import { isRecord } from './keywords.js'
import { mistakeAt, shown, valueAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'
import { pathOf, reasonOf } from './value-checker.js'

const official = new Validator({ allErrors: true, strict: false })
/** A document of another shape altogether would otherwise print a book. */
export const mistakesMax = 40

/** What the official schema of OpenAPI says of a document: each mistake once, with its mend. */
export async function formalMistakes(source: Source): Promise<readonly Mistake[]> {
  const { valid, errors } = await official.validate(isRecord(source.value) ? structuredClone({ ...source.value }) : {})
  if (valid) return []
  if (!Array.isArray(errors))
    return [
      mistakeAt(source, [], {
        reason: `not a valid OpenAPI document: ${errors ?? 'unknown fault'}`,
        mend: 'Compare it with the OpenAPI specification.',
      }),
    ]
  return formalFaults(errors, source.value)
    .slice(0, mistakesMax)
    .map(({ path, reason, mend }) => {
      const name = path.length === 0 ? '' : ` at "${shown(path)}"`
      return mistakeAt(source, path, { reason: `the document${name}: ${reason}`, mend })
    })
}

interface FormalFault {
  readonly path: Path
  readonly reason: string
  readonly mend: string
}

/** A word of the schema's machinery, not of the document: what it stands for is told by the others. */
const machinery = new Set(['if', 'oneOf', 'anyOf', 'not'])

function formalFaults(errors: readonly ErrorObject[], document: unknown): readonly FormalFault[] {
  const spoken = errors.filter(
    (error) => !machinery.has(error.keyword) && error.params.missingProperty !== '$ref' && !isEcho(error, errors),
  )
  const told = spoken.length > 0 ? spoken : errors
  const missing = missingIn(told)
  const faults = told.flatMap((error): readonly FormalFault[] => {
    const path = pathOf(error)
    if (error.keyword === 'required') {
      const at = error.instancePath
      const names = missing.get(at) ?? []
      const alone = names.filter((name) => !isMisspelt(name, at, told))
      return alone.length === 0 ? [] : alternatives(path, alone, isEither(at, errors))
    }
    return [
      { path, reason: reasonOf(error), mend: mendOf(error, { document, missing: missing.get(error.instancePath) }) },
    ]
  })
  const seen = new Set<string>()
  return faults.filter(({ path, reason }) => {
    const key = `${path.join('/')} ${reason}`
    return seen.has(key) ? false : seen.add(key)
  })
}

/** A key counts as unknown too when what stands in it is wrong, or when the word that would have called for it is. */
function isEcho({ keyword, instancePath, params }: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (keyword !== 'unevaluatedProperties') return false
  const own = `${instancePath}/${String(params.unevaluatedProperty).replaceAll('~', '~0').replaceAll('/', '~1')}`
  return errors.some(
    (other) =>
      other.instancePath === own ||
      other.instancePath.startsWith(`${own}/`) ||
      (['enum', 'const'].includes(other.keyword) && parentOf(other.instancePath) === instancePath),
  )
}

const parentOf = (pointer: string) => pointer.slice(0, pointer.lastIndexOf('/'))

/** Keys that are missing, by the place of their object. */
function missingIn(errors: readonly ErrorObject[]): ReadonlyMap<string, readonly string[]> {
  const required = errors.filter(({ keyword }) => keyword === 'required')
  return new Map(
    [...Map.groupBy(required, ({ instancePath }) => instancePath)].map(([at, list]) => [
      at,
      [...new Set(list.map(({ params }) => String(params.missingProperty)))],
    ]),
  )
}

const isEither = (at: string, errors: readonly ErrorObject[]) =>
  errors.some(({ keyword, instancePath }) => (keyword === 'oneOf' || keyword === 'anyOf') && instancePath === at)

function alternatives(path: Path, names: readonly string[], either: boolean): readonly FormalFault[] {
  const quoted = names.map((name) => `"${name}"`)
  if (either && names.length > 1)
    return [{ path, reason: `one of the keys ${quoted.join(', ')} is missing`, mend: `Add ${quoted.join(' or ')}.` }]
  return quoted.map((name) => ({ path, reason: `the key ${name} is missing`, mend: `Add ${name}.` }))
}

/** The unknown key beside it says so already. */
const isMisspelt = (name: string, at: string, errors: readonly ErrorObject[]) =>
  errors.some((error) => error.instancePath === at && didYouMean(unknownKeyOf(error) ?? '', [name]) !== null)

const unknownKeyOf = ({ params }: ErrorObject): string | null => {
  const key: unknown = params.additionalProperty ?? params.unevaluatedProperty
  return typeof key === 'string' ? key : null
}

interface Around {
  readonly document: unknown
  /** Keys that the same object lacks. */
  readonly missing: readonly string[] | undefined
}

function mendOf(error: ErrorObject, { document, missing = [] }: Around): string {
  const key = unknownKeyOf(error)
  if (key !== null) {
    const near = didYouMean(key, missing)
    return near === null
      ? `Remove it, correct its name, or begin it with "x-" where it is your own.`
      : `Did you mean "${near}"?`
  }
  const allowed: unknown = error.params.allowedValues
  if (Array.isArray(allowed)) {
    const near = didYouMean(String(valueAt(document, pathOf(error))), allowed.map(String))
    return near === null ? 'Write one of these words.' : `Did you mean "${near}"?`
  }
  if (error.keyword === 'type') return `Write ${kinds[String(error.params.type)] ?? String(error.params.type)} here.`
  return 'See the OpenAPI specification for what belongs here.'
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map of keys',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
}
