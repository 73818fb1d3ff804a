import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { JsonObject } from '../json.js'
import { patternEngine } from '../linear-pattern.js'
import { isSiret } from '../siret.js'

/** Holds values against schemas, each compiled once. */
export interface ValueChecks {
  /** Null where there is no schema, or none that compiles: the loader has told the operator about it. */
  compile(schema: JsonObject | undefined): ValidateFunction | null
  /** Before each call: callers choose the values and publishers the patterns, so that the work of one call is bounded. */
  renew(): void
}

/** A quarter of a second or so at the very worst. */
const patternWorkMax = 5_000_000

/** `coerced`: values come as texts, as those of a query do. */
export function valueChecks({ coerced }: { readonly coerced: boolean }): ValueChecks {
  const patterns = patternEngine(patternWorkMax)
  const code = { regExp: patterns }
  // The loader has held the schemas against JSON Schema already: doing it again would compile JSON Schema's own first.
  const trusted = { validateSchema: false, addUsedSchema: false } as const
  const options = { strict: false, allErrors: false, validateFormats: true, logger: false, code, ...trusted } as const
  const ajv = new Ajv2020(coerced ? { ...options, coerceTypes: 'array' } : options)
  addFormats.default(ajv)
  ajv.addFormat('siret', isSiret)
  const known = new WeakMap<JsonObject, ValidateFunction | null>()
  return {
    compile(schema) {
      if (schema === undefined) return null
      const before = known.get(schema)
      if (before !== undefined) return before
      const compiled = compileOnce(ajv, schema)
      known.set(schema, compiled)
      return compiled
    },
    renew: () => patterns.renew(),
  }
}

function compileOnce(ajv: Ajv2020, schema: JsonObject): ValidateFunction | null {
  try {
    return ajv.compile({ type: 'object', properties: { value: schema } })
  } catch {
    return null
  }
}

/** A value that takes its pattern too long is none of the contract. */
export function holds(valid: ValidateFunction | null, value: unknown): boolean {
  try {
    return valid === null || valid({ value })
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
