import type { QuotaRule } from '#contract'

/** What the command line asks for, instead of an `api.yaml`. */
export interface PublicationChoices {
  /** Addresses among which its calls are shared evenly. */
  readonly upstreams: readonly string[]
  readonly realm?: string | undefined
  readonly code?: string | undefined
  readonly version?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly quotas?: readonly QuotaRule[] | undefined
  /** Calls leave evidence, and every field of an answer stands under a scope. */
  readonly personalData?: boolean | undefined
}

/** The same, as it is sent: what is wrong in it is told of the options that people gave. */
export const choicesSent = (document: unknown, choices: PublicationChoices) => ({
  file: 'the options given',
  value: settingsFromChoices(document, choices),
  names: {
    code: '--code',
    version: '--api-version',
    realm: '--realm',
    'scopes.required': '--scope',
    'quotas[0]': '--quota-application',
    'quotas[1]': '--quota-api',
    'access.personal_data': '--personal-data',
    'upstreams.production': '--upstream',
  },
})

/** Settings for `publish`: the code from the document's title and the version from its major version, unless they were chosen. */
export function settingsFromChoices(document: unknown, choices: PublicationChoices) {
  const code = choices.code ?? slug(textOf(document, 'title') ?? 'api')
  const version = choices.version ?? /\d+/.exec(textOf(document, 'version') ?? '')?.[0] ?? '1'
  return {
    code,
    version,
    ...(choices.realm === undefined ? {} : { realm: choices.realm }),
    scopes: { required: choices.scopes ?? [`api_${code}v${version}`] },
    quotas: choices.quotas ?? [],
    access: { personal_data: choices.personalData ?? false },
    upstreams: { production: choices.upstreams.map((url) => ({ url })), sandbox: 'sandbox' },
  }
}

function textOf(document: unknown, key: 'title' | 'version'): string | null {
  const info: unknown = typeof document === 'object' && document !== null && 'info' in document ? document.info : null
  const value: unknown = typeof info === 'object' && info !== null ? Reflect.get(info, key) : null
  return typeof value === 'string' ? value : null
}

const slug = (title: string) =>
  title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60) || 'api'
