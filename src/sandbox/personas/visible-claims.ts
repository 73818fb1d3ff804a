import type { Json, JsonObject, Operation, Persona } from '#contract'
import { isObject } from '../simulation/field.js'

/** The claims that the operation's answer names and that these scopes show (`x-scope`): what the contract does not name never leaves. */
export function visibleClaims(
  { sub, claims }: Pick<Persona, 'sub' | 'claims'>,
  operation: Operation,
  scopes: ReadonlySet<string>,
): JsonObject {
  const schema = operation.definition.responses?.['200']?.content?.['application/json']?.schema
  const properties = isObject(schema?.properties) ? schema.properties : {}
  const all: JsonObject = { ...claims, sub }
  const shown = Object.entries(properties).flatMap(([name, property]): [string, Json][] => {
    const value = Object.hasOwn(all, name) ? all[name] : undefined
    return value !== undefined && isObject(property) && mayShow(property['x-scope'], scopes) ? [[name, value]] : []
  })
  return Object.fromEntries(shown)
}

function mayShow(rule: Json | undefined, scopes: ReadonlySet<string>): boolean {
  if (rule === undefined) return true
  if (typeof rule === 'string') return scopes.has(rule)
  if (!isObject(rule)) return false
  if (Array.isArray(rule.anyOf)) return rule.anyOf.some((scope: Json) => scopes.has(String(scope)))
  return Array.isArray(rule.allOf) && rule.allOf.every((scope: Json) => scopes.has(String(scope)))
}
