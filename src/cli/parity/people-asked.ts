import type { ApiVersion, Operation, Persona, Platform } from '#contract'

/** Whom the suite signs in for an operation: the first whom the sandbox has data of, and the first of whom it has none. */
export function peopleOf(platform: Platform, api: ApiVersion, { definition }: Operation) {
  const realm = definition['x-person']
  const people = realm === undefined ? [] : platform.personas.filter((persona) => persona.realm === realm)
  const has = ({ data }: Persona) => Object.hasOwn(data, `${api.code}-${api.version}`)
  return { known: people.find(has)?.id ?? null, unknown: people.find((one) => !has(one))?.id ?? null }
}

/** A scope of the same people's calls that opens none of this API's. */
export function otherScope(platform: Platform, api: ApiVersion): string | null {
  const others = platform.apis.filter(({ operations }) => operations.some(({ definition }) => definition['x-person']))
  const scopes = others.flatMap(({ dataScopes }) => dataScopes?.[0] ?? [])
  return scopes.find((scope) => api.dataScopes?.includes(scope) !== true) ?? null
}
