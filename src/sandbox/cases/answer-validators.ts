import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Json, type Operation, patternEngine, responseKey } from '#contract'

const patternWorkMax = 5_000_000

/** What of a payload departs from the contract: steps to the value, and why. */
export interface AnswerFault {
  readonly path: readonly string[]
  readonly reason: string
}

/** Finds the first fault of a payload; `undeclared`: the contract has no answer of this status. Compiles each answer once. */
export type AnswerValidators = (
  operation: Operation,
  status: number,
  payload: Json | undefined,
) => AnswerFault | 'undeclared' | null

export function createAnswerValidators(): AnswerValidators {
  const patterns = patternEngine(patternWorkMax)
  let ajv: Ajv2020 | undefined
  const known = new WeakMap<Operation, Map<string, ValidateFunction | null>>()
  return (operation, status, payload) => {
    const key = responseKey(operation, status)
    if (key === null) return 'undeclared'
    const ready = known.get(operation) ?? new Map<string, ValidateFunction | null>()
    known.set(operation, ready)
    ajv ??= createAjv(patterns)
    const valid = ready.get(key) ?? compile(operation, key, ajv)
    ready.set(key, valid)
    if (valid === null || payload === undefined) return null
    patterns.renew()
    return faultOf(valid, payload)
  }
}

/** One for all: schemas that operations share are compiled once. The loader has held them against JSON Schema already. Made at the first need: it takes milliseconds. */
function createAjv(regExp: ReturnType<typeof patternEngine>): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    addUsedSchema: false,
    code: { regExp },
  })
  addFormats.default(ajv)
  return ajv
}

function faultOf(valid: ValidateFunction, payload: Json): AnswerFault | null {
  try {
    if (valid(payload)) return null
  } catch (error) {
    if (error instanceof RangeError) return { path: [], reason: error.message }
    throw error
  }
  const { instancePath = '', message = 'wrong', params } = valid.errors?.[0] ?? {}
  const extra: unknown = params?.additionalProperty
  const steps = instancePath.split('/').slice(1)
  return {
    path: [...steps, ...(extra === undefined ? [] : [String(extra)])].map(decoded),
    reason: message,
  }
}

const decoded = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~')

/** A schema that contains itself cannot be compiled out of its document, and checks nothing. */
function compile({ definition }: Operation, key: string, ajv: Ajv2020): ValidateFunction | null {
  const content = Object.entries(definition.responses?.[key]?.content ?? {}).find(([type]) => /\bjson\b/i.test(type))
  const schema = content?.[1].schema
  if (schema === undefined) return null
  try {
    return ajv.compile(schema)
  } catch {
    return null
  }
}
