import type { CatalogView } from '#access'
import type { ApiVersion, Environment, OAuthHabits, Platform } from '#contract'

const text = (words: string) => ({ fr: words, en: words })

/** An API for tests, with scope `api_<code>v<version>` in production and `api_test<code>v<version>` in the sandbox. */
export function exampleApi(platform: string, code: string, version: string): ApiVersion {
  const limits = { requestBytesMax: 1, requestBodyMilliseconds: 1, connectMilliseconds: 1 }
  return {
    id: `${platform}/${code}/${version}`,
    platform,
    code,
    version,
    title: text(code),
    description: text(code),
    lifecycle: { state: 'published', deprecatedOn: null, sunsetOn: null },
    realm: 'partenaire',
    scopes: {
      production: [`api_${code}v${version}`, `${code}.read`],
      sandbox: [`api_test${code}v${version}`],
    } satisfies Record<Environment, string[]>,
    describedScopes: {},
    quotas: [],
    access: {
      approval: 'automatic',
      approvers: [],
      terms: null,
      consent: false,
      businessProfile: false,
      personalData: false,
    },
    upstreams: { production: [], sandbox: 'sandbox' },
    limits: { ...limits, headersMilliseconds: 1, idleMilliseconds: 1, totalMilliseconds: 1 },
    cors: null,
    operations: [],
    document: {},
    source: { kind: 'folder', folder: '' },
  }
}

export function examplePlatform(id: string, sandboxMarker: string | null, oauth?: OAuthHabits): Platform {
  const hosts = { authorization: [], api: [] }
  return {
    id,
    title: text(id),
    dialect: 'standard',
    hosts: { production: hosts, sandbox: hosts },
    realms: [],
    path: { source: '', prefix: [], sandboxMarker, versionMarker: '' },
    sandboxScope: null,
    ...(oauth && { oauth }),
    apis: [],
    personas: [],
    folder: '',
  }
}

/** A catalogue for tests that can be changed as the real one does: by another value. */
export function exampleCatalog(platforms: readonly Platform[], apis: readonly ApiVersion[]) {
  let current = apis
  const byId = new Map(platforms.map((platform) => [platform.id, platform]))
  const view: CatalogView = { platforms: () => byId, apis: () => current }
  return {
    ...view,
    publish(api: ApiVersion) {
      current = [...current, api]
    },
  }
}
