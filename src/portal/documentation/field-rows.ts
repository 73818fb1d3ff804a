import type { Language } from '#base'
import type { Json, JsonObject } from '#contract'
import { type Said, saidOf } from './said.js'

/** One field of an answer. */
export interface FieldRow {
  /** `data.admissions[].est_inscrit` */
  readonly path: string
  readonly type: string
  /** Whoever writes what holds it must write it. */
  readonly required: boolean
  readonly example: Json | undefined
  readonly said: Said | null
  /** Sets of scopes: each must be met by one of its own; none: whoever may call sees it. */
  readonly scopes: readonly (readonly string[])[]
  /** Which entries of a list a scope shows. */
  readonly populations: readonly Population[]
}

export interface Population {
  readonly scope: readonly string[]
  readonly where: string
}

const rowsMost = 400
const depthMost = 10

/** Every field of a schema, with the scopes that open it, its own and those of what holds it. */
export function fieldRows(schema: JsonObject, language: Language): readonly FieldRow[] {
  const rows: FieldRow[] = []
  walk(schema, { path: '', scopes: [], depth: 0 })
  return rows

  function walk(node: JsonObject, at: At): void {
    for (const part of partsOf(node)) {
      for (const [name, inner] of Object.entries(objectOf(part.properties)))
        if (isObject(inner)) {
          const required = Array.isArray(part.required) && part.required.includes(name)
          add(at.path === '' ? name : `${at.path}.${name}`, inner, { ...at, required })
        }
      if (isObject(part.additionalProperties)) add(`${at.path}.*`, part.additionalProperties, at)
      if (isObject(part.items))
        walk(part.items, { ...at, path: `${at.path}[]`, scopes: [...at.scopes, ...ruleOf(part.items)] })
    }
  }

  function add(path: string, node: JsonObject, at: At): void {
    if (rows.length >= rowsMost || at.depth >= depthMost || rows.some((row) => row.path === path)) return
    const scopes = [...at.scopes, ...ruleOf(node)]
    rows.push({
      path,
      type: typeOf(node, language),
      required: at.required === true,
      example: partsOf(node).find(({ example }) => example !== undefined)?.example,
      said: saidOf(node, 'description', language),
      scopes,
      populations: populationsOf(node, language),
    })
    walk(node, { path, scopes, depth: at.depth + 1 })
  }
}

interface At {
  readonly path: string
  readonly scopes: FieldRow['scopes']
  readonly depth: number
  readonly required?: boolean
}

/** A schema and what it is put together of. */
function partsOf(node: JsonObject): readonly JsonObject[] {
  const inner = (['allOf', 'oneOf', 'anyOf'] as const).flatMap((keyword) => {
    const list = node[keyword]
    return Array.isArray(list) ? list.filter(isObject) : []
  })
  return [node, ...inner.flatMap(partsOf)]
}

/** `texte`, `entier`, `date`: what a value is, in words. */
export function typeOf(node: JsonObject, language: Language): string {
  const parts = partsOf(node)
  const types = parts.flatMap(({ type }) =>
    typeof type === 'string' ? [type] : Array.isArray(type) ? type.map(String) : [],
  )
  const format = parts.find((part) => typeof part.format === 'string')?.format
  const named = [...new Set(types)].filter((type) => type !== 'null')
  if (language === 'en') return `${named.join(' | ')}${typeof format === 'string' ? ` (${format})` : ''}`
  const [word] = typeof format === 'string' ? [frenchFormats[format]] : []
  return (
    word ??
    `${named.map((type) => frenchTypes[type] ?? type).join(' ou ')}${typeof format === 'string' ? ` (${format})` : ''}`
  )
}

const frenchTypes: Readonly<Record<string, string>> = {
  string: 'texte',
  integer: 'entier',
  number: 'nombre',
  boolean: 'oui ou non',
  array: 'liste',
  object: 'objet',
}
const frenchFormats: Readonly<Record<string, string>> = {
  date: 'date',
  'date-time': 'date et heure',
  email: 'adresse électronique',
  uri: 'adresse web',
}

function ruleOf(node: JsonObject): FieldRow['scopes'] {
  const rule = node['x-scope']
  if (typeof rule === 'string') return [[rule]]
  if (!isObject(rule)) return []
  if (Array.isArray(rule.anyOf)) return [rule.anyOf.map(String)]
  return Array.isArray(rule.allOf) ? rule.allOf.map((scope) => [String(scope)]) : []
}

function populationsOf(node: JsonObject, language: Language): readonly Population[] {
  const rules = partsOf(node).flatMap((part) => (Array.isArray(part['x-population']) ? part['x-population'] : []))
  return rules.filter(isObject).map(({ scope, where }) => ({
    scope: typeof scope === 'string' ? [scope] : ruleOf({ 'x-scope': scope ?? null }).flat(),
    where: (Array.isArray(where) ? where : [where])
      .filter(isObject)
      .map(conditionOf)
      .join(language === 'fr' ? '\u00a0; ' : '; '),
  }))
}

const conditionOf = ({ property, equals, in: among }: JsonObject) =>
  `${String(property)} = ${Array.isArray(among) ? among.map(String).join(' | ') : String(equals)}`

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
