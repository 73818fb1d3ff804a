import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { patternEngine } from '../linear-pattern.js'
import { escaped } from './dereference.js'
import { didYouMean } from './did-you-mean.js'
import { valueAt } from './shape-mistakes.js'
import type { Path } from './source.js'

export interface ValueFault {
  readonly path: Path
  readonly reason: string
}

export interface ValueChecker {
  /** What is wrong with the schema itself (JSON Schema 2020-12). */
  schemaFaults(schema: unknown): readonly ValueFault[]
  /** What is wrong with a value, held against the schema at a place of the document. */
  faults(schemaAt: Path, value: unknown): readonly ValueFault[]
}

const patternWorkMax = 20_000_000

/** Holds values against the schemas of one OpenAPI 3.1 document; each is compiled when it is first needed. */
export function valueChecker(document: Readonly<Record<string, unknown>>): ValueChecker {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    // The document was written by a stranger and is checked while others are served.
    code: { regExp: patternEngine(patternWorkMax) },
  })
  formats.default(ajv)
  ajv.addSchema({ ...document, $id: 'document://contract/' })
  const ready = new Map<string, ReturnType<typeof ajv.compile>>()
  return {
    schemaFaults(schema) {
      if (typeof schema === 'boolean') return []
      if (typeof schema !== 'object' || schema === null) return [{ path: [], reason: 'not a schema' }]
      return ajv.validateSchema(schema) === true ? [] : tell(helpful(ajv.errors ?? [], schema))
    },
    faults(schemaAt, value) {
      const pointer = schemaAt.map((step) => encodeURIComponent(escaped(String(step)))).join('/')
      try {
        const validate = ready.get(pointer) ?? ajv.compile({ $ref: `document://contract/#/${pointer}` })
        ready.set(pointer, validate)
        return validate(value) === true ? [] : tell(validate.errors)
      } catch (error) {
        return [{ path: [], reason: `the schema cannot be used: ${String(error).slice(0, 200)}` }]
      }
    },
  }
}

/** A word that is no type fails three branches of the meta-schema: the one that lists the types helps, the others do not. */
function helpful(errors: readonly ErrorObject[], schema: object): readonly ErrorObject[] {
  const listed = new Set(errors.filter(({ keyword }) => keyword === 'enum').map(({ instancePath }) => instancePath))
  return errors
    .filter(({ keyword, instancePath }) => keyword === 'enum' || !listed.has(instancePath))
    .map((error) => {
      const word = valueAt(schema, pathOf(error))
      const known: unknown = error.params.allowedValues
      if (error.keyword !== 'enum' || typeof word !== 'string' || !Array.isArray(known)) return error
      const near = didYouMean(word, known.map(String))
      return near === null
        ? error
        : { ...error, keyword: 'near', message: `no such word: "${word}". Did you mean "${near}"?` }
    })
}

/** Errors of the branches that led nowhere are left out where a deeper one says more. */
export function tell(errors: readonly ErrorObject[] | null | undefined): readonly ValueFault[] {
  const useful = (errors ?? []).filter(
    ({ keyword, params }) => keyword !== 'if' && !(keyword === 'required' && params.missingProperty === '$ref'),
  )
  const seen = new Set<string>()
  return useful
    .map((error) => ({ path: pathOf(error), reason: reasonOf(error) }))
    .filter(({ path, reason }) => {
      const key = `${path.join('/')} ${reason}`
      return seen.has(key) ? false : seen.add(key)
    })
}

export function pathOf({ instancePath, params }: ErrorObject): Path {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const extra: unknown = params.additionalProperty ?? params.unevaluatedProperty
  return typeof extra === 'string' ? [...steps, extra] : steps
}

export function reasonOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return `the key "${params.missingProperty}" is missing`
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return 'an unknown key'
  if (keyword === 'enum' && Array.isArray(params.allowedValues))
    return `must be one of ${params.allowedValues
      .map((value) => JSON.stringify(value))
      .join(', ')
      .slice(0, 200)}`
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`
  return message ?? keyword
}
