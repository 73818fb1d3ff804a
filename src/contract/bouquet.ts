import type { ApiVersion, Operation } from './api.js'
import type { Json, JsonObject } from './json.js'
import type { Platform } from './platform.js'
import { basePath } from './reading/api-path.js'
import { isRecord } from './reading/keywords.js'

export interface BouquetOptions {
  readonly platform: Pick<Platform, 'title' | 'path'>
  readonly apis: readonly ApiVersion[]
  /** Address of the server, absolute or a path. */
  readonly server: string
  /** Ways in which a call carries its token. */
  readonly security: JsonObject
}

/** The contracts of several APIs as one OpenAPI 3.1 document: their paths at their addresses, their components under names of their own. */
export function bouquet({ platform, apis, server, security }: BouquetOptions): JsonObject {
  const schemes = { ...asRecord(security), ...personSchemes(apis) }
  const components: Record<string, Record<string, Json>> = { securitySchemes: schemes }
  const paths: Record<string, Json> = {}
  for (const api of apis) {
    const named = namesOf(api)
    for (const [kind, entries] of Object.entries(asRecord(api.document.components)))
      for (const [name, value] of Object.entries(asRecord(entries))) {
        components[kind] ??= {}
        components[kind][componentName(api, name)] = written(value, { api, named, own: value })
      }
    const base = `/${basePath(platform.path, api, 'production').segments.join('/')}`
    for (const operation of api.operations) {
      const path = `${base}${operation.path === '/' ? '' : operation.path}`
      const entry = operationOf(operation, { api, named, own: null, security })
      paths[path] = { ...asRecord(paths[path]), [operation.method.toLowerCase()]: entry }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: platform.title.fr, 'x-title-en': platform.title.en, version: '1.0.0' },
    servers: [{ url: server }],
    tags: apis.map((api) => ({ name: tagOf(api), description: api.description.fr })),
    paths,
    components,
  }
}

/** One for each realm in whose people's names calls are made. */
function personSchemes(apis: readonly ApiVersion[]): Readonly<Record<string, Json>> {
  const realms = apis.flatMap(({ operations }) => operations.flatMap(({ definition }) => definition['x-person'] ?? []))
  return Object.fromEntries(
    realms.map((realm) => [
      realm,
      {
        type: 'http',
        scheme: 'bearer',
        description: `Jeton d’accès que l’application reçoit quand la personne se connecte (${realm}) et consent.`,
        'x-description-en': `Access token that the application gets when the person signs in (${realm}) and agrees.`,
      },
    ]),
  )
}

const tagOf = ({ title, version }: ApiVersion) => `${title.fr} v${version}`
const componentName = ({ code, version }: ApiVersion, name: string) => `${code}.${version}.${name}`
const asRecord = (value: unknown): Readonly<Record<string, Json>> => (isRecord(value) ? (value as JsonObject) : {})

interface Writing {
  readonly api: ApiVersion
  /** References by the object that they name: in the contract as it was read, equal references are one object. */
  readonly named: ReadonlyMap<unknown, string>
  /** The component that is being written, which is no reference to itself. */
  readonly own: unknown
}

function namesOf(api: ApiVersion): ReadonlyMap<unknown, string> {
  const names = new Map<unknown, string>()
  for (const [kind, entries] of Object.entries(asRecord(api.document.components)))
    for (const [name, value] of Object.entries(asRecord(entries)))
      if (isRecord(value)) names.set(value, `#/components/${kind}/${componentName(api, name)}`)
  return names
}

/** Notes of ours that say nothing to a reader of the document. */
const inner = new Set(['x-case-folders', 'x-checks', 'x-answer', 'x-error-code'])

function written(value: Json, writing: Writing): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => written(entry, writing))
  if (!isRecord(value)) return value
  const reference = value === writing.own ? undefined : writing.named.get(value)
  if (reference !== undefined) return { $ref: reference }
  const entries = Object.entries(value as JsonObject).filter(([key]) => !inner.has(key))
  return Object.fromEntries(
    entries.map(([key, child]) => [key, key === '$ref' ? moved(child, writing) : written(child, writing)]),
  )
}

/** A schema that contains itself keeps its reference, to its new name. */
const moved = (target: Json, { api }: Writing): Json =>
  typeof target === 'string'
    ? target.replace(/^(#\/components\/[^/]+\/)([^/]+)/, (_, place, name) => `${place}${componentName(api, name)}`)
    : target

function operationOf({ id, definition }: Operation, writing: Writing & { readonly security: JsonObject }): JsonObject {
  const { api, security } = writing
  const own = asRecord(written(definition as unknown as Json, writing))
  return {
    ...own,
    operationId: `${api.code}_${api.version}_${id}`,
    tags: [tagOf(api)],
    security: api.access.open === true ? [] : schemesOf(definition, security).map((name) => ({ [name]: [] })),
    ...(api.lifecycle.state === 'deprecated' ? { deprecated: true } : {}),
  }
}

/** A call in a person's name takes her token and no other. */
const schemesOf = ({ 'x-person': realm }: Operation['definition'], security: JsonObject): readonly string[] =>
  realm === undefined ? Object.keys(security) : [realm]
