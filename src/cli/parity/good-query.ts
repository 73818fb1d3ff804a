import type { Json, JsonObject, Operation } from '#contract'

export type Parameters = readonly (readonly [string, string])[]

/** The parameters of a case as an address has them, the contract's own examples for what is required besides. */
export function parametersOf({ definition }: Operation, params: JsonObject): Parameters {
  const given = Object.entries(params).flatMap(([name, value]) => pairsOf(addressName(definition, name), value))
  const wanting = (definition.parameters ?? []).filter(
    ({ name, in: place, required }) =>
      place === 'query' && required === true && !given.some(([other]) => other === name),
  )
  return [...given, ...wanting.flatMap(({ name, example }) => pairsOf(name, example ?? null))]
}

export const queryOf = (parameters: Parameters): string =>
  parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')

/** A list is repeated under its name with brackets, where the contract has it so. */
const addressName = ({ parameters = [] }: Operation['definition'], name: string): string =>
  parameters.some((parameter) => parameter.name === `${name}[]`) ? `${name}[]` : name

function pairsOf(name: string, value: Json): Parameters {
  if (value === null) return []
  return Array.isArray(value) ? (value as Json[]).map((one) => [name, String(one)]) : [[name, String(value)]]
}
