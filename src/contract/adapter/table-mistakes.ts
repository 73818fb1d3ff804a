import type { ParameterDefinition } from '../api.js'
import type { Json } from '../json.js'
import type { Mistake } from '../mistake.js'
import { isRecord } from '../reading/keywords.js'
import type { PairSettings } from './adapter-shape.js'
import { conversionNamed, Inconvertible, type Value } from './conversion.js'
import { conversionsOf } from './conversion-mistakes.js'
import { parameterName } from './parameter-name.js'
import type { Tell } from './tell.js'

/**
 * Tables that leave out a value which the contract lets a parameter have: the sandbox would answer it, and production refuse it. Told of
 * parameters whose values can be counted: `enum`, and patterns of one letter or of whole words.
 */
export function tableMistakes(
  pairs: readonly PairSettings[],
  parameters: readonly ParameterDefinition[],
  tell: Tell,
): readonly Mistake[] {
  return pairs.flatMap((pair, index) => {
    const parameter = parameters.find(({ name }) => pair.from === `/parameters/${parameterName(name)}`)
    const steps = conversionsOf(pair.convert)
    const table = steps.findIndex(({ name }) => name === 'table')
    const place = steps[table]?.place
    if (parameter === undefined || place === undefined) return []
    const convert = steps
      .slice(0, table + 1)
      .flatMap(({ name, argument }) => conversionNamed(name)?.make(argument) ?? [])
    const left = valuesOf(parameter).filter((value) => !takes(convert, value))
    if (left.length === 0) return []
    return [
      tell(
        [index, ...place],
        `the table leaves out ${left.map((value) => JSON.stringify([value].flat()[0])).join(', ')}, which the contract allows for "${parameter.name}"`,
        'Add them to the table, or make them others before it: `[upper, { table: … }]`.',
      ),
    ]
  })
}

function takes(convert: readonly { forward: (value: Value) => Value }[], value: Json): boolean {
  try {
    convert.reduce<Value>((current, step) => step.forward(current), value)
    return true
  } catch (error) {
    if (error instanceof Inconvertible) return false
    throw error
  }
}

/** As the pairs read them; none where they cannot be counted. */
function valuesOf({ schema }: ParameterDefinition): readonly Json[] {
  if (schema?.type !== 'array') return textsOf(schema)
  return textsOf(schema.items).map((text) => [text])
}

function textsOf(schema: unknown): readonly string[] {
  if (!isRecord(schema)) return []
  if (Array.isArray(schema.enum)) return schema.enum.filter((value) => value !== null).map(String)
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : ''
  const letters = /^\^\[([A-Za-z0-9]+)\]\$$/.exec(pattern)?.[1]
  if (letters !== undefined) return [...letters]
  return /^\^\((?:\?:)?([A-Za-z0-9|]+)\)\$$/.exec(pattern)?.[1]?.split('|') ?? []
}
