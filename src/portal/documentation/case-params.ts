import type { ApiVersion, Json, ParameterDefinition, SandboxCase } from '#contract'
import { exampleValue } from './example-value.js'

/** The parameters of a case as they go over the wire: `prenoms[]=Angela`. */
export function caseParams({ operation, params }: SandboxCase, { operations }: ApiVersion): readonly string[] {
  const parameters = operations.find(({ id }) => id === operation)?.definition.parameters ?? []
  return Object.entries(params).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each: Json) => `${spelled(name, parameters)}=${textOf(each)}`),
  )
}

/** A whole call about somebody whom no case knows: that of a case that is found, with another name or number. */
export function unknownParams(cases: readonly SandboxCase[], operation: string, api: ApiVersion): readonly string[] {
  const found = cases.find((each) => each.operation === operation && each.status === 200)
  if (found === undefined) return []
  const parameters = api.operations.find(({ id }) => id === operation)?.definition.parameters ?? []
  const missing = parameters.filter(
    ({ name, required }) => required === true && !Object.hasOwn(found.params, bare(name)),
  )
  const own = Object.entries(found.params)
  const changed = own.findIndex(([, value]) => typeof value === 'string')
  const params = Object.fromEntries([
    ...own.map(([name, value], index) => [name, index === changed ? other(String(value)) : value]),
    ...missing.map((parameter) => [bare(parameter.name), exampleValue(parameter)]),
  ])
  return caseParams({ ...found, params }, api)
}

/** Another text of the same kind. */
const other = (text: string) =>
  /\d/.test(text) ? text.replaceAll(/\d/g, (digit) => String(9 - Number(digit))) : 'INCONNU'

const spelled = (name: string, parameters: readonly ParameterDefinition[]) =>
  parameters.find((each) => bare(each.name) === name)?.name.trim() ?? name
const bare = (name: string) => name.trim().replace(/\[\]$/, '')
const textOf = (value: Json) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value))
