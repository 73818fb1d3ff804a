import type { Json, JsonObject, ParameterDefinition } from '#contract'
import { synthesise } from '#sandbox'

/** A value that the contract takes: the parameter's own example, or one made from its schema. */
export function exampleValue({ example, schema = {} }: Pick<ParameterDefinition, 'example' | 'schema'>): Json {
  if (example !== undefined) return example
  const made = synthesise(schema)
  return typeof made === 'string' && typeof schema.pattern === 'string' ? fitting(made, schema, schema.pattern) : made
}

/** A text spelled after the pattern, as far as it is made of plain classes; the text itself where the schema says what it holds. */
function fitting(made: string, schema: JsonObject, source: string): string {
  if (schema.example !== undefined || schema.enum !== undefined || schema.format !== undefined) return made
  return source
    .replace(/^\^|\$$/g, '')
    .replaceAll(
      /(\\d|\[0-9\]|\[A-Z\]|\[A-Z0-9\]|\[a-z\])(?:\{(\d+)(?:,\d*)?\}|([+*?]))?/g,
      (_, kind: string, times = '1') =>
        (kind === '\\d' || kind === '[0-9]' ? '1' : kind === '[a-z]' ? 'a' : 'A').repeat(Math.min(Number(times), 64)),
    )
}
