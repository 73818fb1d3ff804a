import type { Text } from '#base'
import type { Adapter } from '../adapter/adapter.js'
import { readAdapter } from '../adapter/read-adapter.js'
import type { ApiSource, ApiVersion, Operation } from '../api.js'
import type { Environment } from '../environment.js'
import type { JsonObject } from '../json.js'
import type { Mistake } from '../mistake.js'
import type { Platform } from '../platform.js'
import { projectionMistakes } from '../projection/projection-mistakes.js'
import { parseApiPath } from './api-path.js'
import { type ApiSettings, apiShape } from './api-shape.js'
import { atWillMistakes } from './at-will-mistakes.js'
import { declaredScopes } from './declared-scopes.js'
import { dereference } from './dereference.js'
import { isRecord } from './keywords.js'
import { namedProviderShape } from './named-provider-shape.js'
import { ownAnswerMistakes } from './own-answer-shape.js'
import { raiseDocument } from './raise-document.js'
import { type PlacedCase, readCases } from './read-cases.js'
import { readOperations } from './read-operations.js'
import { settingsMistakes } from './settings-mistakes.js'
import { checkShape, mistakeAt, valueAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'
import { unreadOperations } from './unread-operations.js'

export interface ApiSources {
  readonly platform: Platform
  readonly settings: Source
  readonly document: Source
  /** `adapter.yaml`; null: none. */
  readonly adapter: Source | null
  readonly cases: readonly { readonly source: Source; readonly file: string }[]
  readonly source: ApiSource
  /** Names of the folders, which code and version must repeat; null where there are none. */
  readonly names: { readonly code: string; readonly version: string } | null
}

export interface ReadApi {
  readonly api: ApiVersion | null
  readonly cases: readonly PlacedCase[]
  /** The document as it was written. */
  readonly document: Source
  /** The document raised to 3.1, its references still in it; places are those of the file. */
  readonly raised: Source
  readonly mistakes: readonly Mistake[]
  /** Those of the mistakes that do not stop what was published before their rule: a call is in no danger of them, or the gateway holds by itself what they ask for. */
  readonly tolerated: readonly Mistake[]
}

/** A version of an API from its files: structure, references, routes, scopes and cases; not yet the values in examples and payloads. */
export function readApi({ platform, settings, document, adapter, cases, source, names }: ApiSources): ReadApi {
  const raised = { ...document, value: raiseDocument(document.value) }
  const contract = readContract(raised)
  const shaped = settings.value === undefined ? { value: null, mistakes: [] } : checkShape(apiShape, settings)
  const scopes = declaredScopes(raised)
  const { operations } = contract
  const unread = unreadOperations(raised.value, operations)
  const read = cases.map((one) => readCases(one.source, { operations, unread, file: one.file }))
  const adapted = readAdapter(adapter, contract.operations)
  const shaping = projectionMistakes(raised, {
    operations: contract.operations,
    personalData: shaped.value?.access.personal_data === true,
    opensAll: shaped.value?.scopes.opens_all === true,
  })
  const tolerated = [
    ...(shaped.value === null ? [] : atWillMistakes(shaped.value, { settings, platform })),
    ...shaping.tolerated,
  ]
  const mistakes = [
    ...settings.mistakes,
    ...document.mistakes,
    ...adapted.mistakes,
    ...shaped.mistakes,
    ...contract.mistakes,
    ...(shaped.value === null
      ? []
      : settingsMistakes(shaped.value, { settings, platform, names, dataScopes: scopes.scopes })),
    ...(shaped.value === null
      ? []
      : ownAnswerMistakes(shaped.value, { settings, document, operations: contract.operations })),
    ...scopes.mistakes,
    ...shaping.lasting,
    ...tolerated,
    ...read.flatMap((one) => one.mistakes),
  ]
  const placed = read.flatMap((one) => one.cases)
  const realm = shaped.value?.realm ?? platform.realms[0]?.name
  if (shaped.value === null || contract.info === null || realm === undefined)
    return { api: null, cases: placed, document, raised, mistakes, tolerated }
  const dataScopes = [...scopes.scopes]
  const parts = { platform, realm, contract, info: contract.info, cases: placed, source, dataScopes }
  const api = build(shaped.value, { ...parts, adapter: adapted.adapter })
  return { api, cases: placed, document, raised, mistakes, tolerated }
}

interface Contract {
  readonly document: JsonObject
  readonly operations: readonly Operation[]
  readonly info: { readonly title: string; readonly description: string } | null
  readonly mistakes: readonly Mistake[]
}

function readContract(source: Source): Contract {
  const none = { document: {}, operations: [], info: null }
  if (source.value === undefined) return { ...none, mistakes: [] }
  const root = source.value
  if (!isRecord(root))
    return {
      ...none,
      mistakes: [mistakeAt(source, [], { reason: 'not an OpenAPI document', mend: 'Begin it with "openapi: 3.1.0".' })],
    }
  const { openapi, info } = root
  if (typeof openapi !== 'string' || !/^3\.[01]\.\d+$/.test(openapi)) {
    const reason = openapi === undefined ? 'the key "openapi" is missing' : 'the version of OpenAPI is not 3.0 or 3.1'
    return { ...none, mistakes: [mistakeAt(source, ['openapi'], { reason, mend: 'Write "openapi: 3.1.0".' })] }
  }
  const { document, mistakes } = dereference(source)
  const provider: Path = ['info', 'x-provider']
  const unnamed = valueAt(root, provider) === undefined ? [] : checkShape(namedProviderShape, source, provider).mistakes
  const { operations, mistakes: wrong } = readOperations({ ...source, value: document })
  const titled = isRecord(info) && typeof info.title === 'string' && info.title !== ''
  const untitled = titled
    ? []
    : [
        mistakeAt(source, ['info', 'title'], {
          reason: 'the document has no title',
          mend: 'Add "info: { title: …, version: … }".',
          of: 'key',
        }),
      ]
  const read = titled
    ? { title: String(info.title), description: typeof info.description === 'string' ? info.description : '' }
    : null
  return { document, operations, info: read, mistakes: [...mistakes, ...wrong, ...untitled, ...unnamed] }
}

interface Parts {
  readonly platform: Platform
  readonly realm: string
  readonly contract: Contract
  readonly info: { readonly title: string; readonly description: string }
  readonly cases: readonly PlacedCase[]
  readonly source: ApiSource
  readonly dataScopes: readonly string[]
  readonly adapter: Adapter | null
}

function build(value: ApiSettings, parts: Parts): ApiVersion {
  const { platform, realm, contract, info, cases, source } = parts
  const { limits, access, cors, lifecycle } = value
  const dataScopes = parts.dataScopes.filter((scope) => !value.scopes.required.includes(scope))
  const everyScope = [...value.scopes.required, ...dataScopes]
  return {
    id: `${platform.id}/${value.code}/${value.version}`,
    platform: platform.id,
    code: value.code,
    version: value.version,
    ...ownPath(value),
    title: value.title ?? both(info.title),
    description: value.description ?? both(info.description),
    lifecycle: { state: lifecycle.state, deprecatedOn: lifecycle.deprecated_on, sunsetOn: lifecycle.sunset_on },
    realm,
    scopes: {
      production: value.scopes.required,
      sandbox: value.scopes.required.map((scope) => scopeIn(platform, 'sandbox', scope)),
    },
    opensAll: value.scopes.opens_all,
    describedScopes: value.scopes.described,
    dataScopes,
    personalScopes: value.scopes.personal ?? (access.consent ? everyScope : []),
    shapingScopes: value.scopes.shaping,
    introspection: value.introspection,
    quotas: value.quotas,
    access: {
      approval: access.approval,
      approvers: access.approvers,
      terms: access.terms,
      consent: access.consent,
      businessProfile: access.business_profile,
      personalData: access.personal_data,
      open: access.open,
    },
    upstreams: value.upstreams,
    pings: value.pings,
    adapter: parts.adapter,
    limits: {
      requestBytesMax: limits.request_bytes_max,
      requestBodyMilliseconds: limits.request_body_milliseconds,
      connectMilliseconds: limits.connect_milliseconds,
      headersMilliseconds: limits.headers_milliseconds,
      idleMilliseconds: limits.idle_milliseconds,
      totalMilliseconds: limits.total_milliseconds,
    },
    cors:
      cors === null
        ? null
        : { origins: cors.origins, methods: cors.methods, headers: cors.headers, maxAgeSeconds: cors.max_age_seconds },
    operations: contract.operations,
    document: contract.document,
    cases: cases.map(({ value }) => value),
    source,
  }
}

/** One with a mistake in it is none. */
function ownPath({ path, version }: ApiSettings): Pick<ApiVersion, 'path'> {
  const parsed = path === undefined ? null : parseApiPath(path, version)
  return parsed === null || 'wrong' in parsed ? {} : { path: parsed }
}

const both = (text: string): Text => ({ fr: text, en: text })

/** A scope as it is spelled in an environment: technical scopes may begin otherwise in the sandbox. */
export function scopeIn(
  { sandboxScope }: Pick<Platform, 'sandboxScope'>,
  environment: Environment,
  scope: string,
): string {
  if (environment === 'production' || sandboxScope === null || !scope.startsWith(sandboxScope.from)) return scope
  return sandboxScope.to + scope.slice(sandboxScope.from.length)
}
