import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Json, type Operation, type PatternEngine, patternEngine } from '#contract'

const patternWorkMax = 5_000_000

/** What of a case departs from the contract; it is told, not refused, since the case answers as it was written. Compiles each answer once. */
export function createCaseNotes(): (
  operation: Operation,
  status: number,
  payload: Json | undefined,
) => readonly string[] {
  const patterns = patternEngine(patternWorkMax)
  const known = new Map<Operation, Map<number, ValidateFunction | null>>()
  return (operation, status, payload) => {
    const declared = operation.definition.responses?.[String(status)]
    if (declared === undefined) return [`the contract declares no answer ${status}`]
    const ready = known.get(operation) ?? new Map<number, ValidateFunction | null>()
    known.set(operation, ready)
    const content = Object.entries(declared.content ?? {}).find(([type]) => /\bjson\b/i.test(type))
    const valid = ready.get(status) ?? compile(content?.[1].schema, patterns)
    ready.set(status, valid)
    if (valid === null || payload === undefined) return []
    patterns.renew()
    try {
      if (valid(payload)) return []
    } catch (error) {
      if (error instanceof RangeError) return [error.message]
      throw error
    }
    const { instancePath = '', message = 'wrong', params } = valid.errors?.[0] ?? {}
    const extra: unknown = params?.additionalProperty
    return [
      `the contract says otherwise at "${instancePath}${extra === undefined ? '' : `/${String(extra)}`}": ${message}`,
    ]
  }
}

function compile(schema: object | undefined, regExp: PatternEngine): ValidateFunction | null {
  if (schema === undefined) return null
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false, code: { regExp } })
  addFormats.default(ajv)
  try {
    return ajv.compile(schema)
  } catch {
    return null
  }
}
