import type { Provider } from 'oidc-provider'
import type { Access } from '#access'
import type { Language } from '#base'
import type { Platform, Realm } from '#contract'
import type { ConsentGroup } from '../pages/index.js'
import type { ScopeMeaning } from './scope-meaning.js'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

interface Needs {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
  readonly meaning: ScopeMeaning
  readonly language: Language
  readonly resource: string
}

/** What the person is asked to share, an API a group, in plain words: only what is new, unless the application wants all asked again. */
export function consentGroups(interaction: Interaction, needs: Needs): readonly ConsentGroup[] {
  const { access, platform, realm, meaning, language } = needs
  const missing = missingScopes(interaction, needs.resource)
  const asked = (missing.length > 0 ? missing : agreedScopes(interaction)).filter(meaning.needsConsent)
  const apis = access.snapshot().apis.filter((api) => api.platform === platform.id && api.realm === realm.name)
  const titleOf = (scope: string) =>
    apis.find((api) => (api.personalScopes ?? []).includes(scope))?.title[language] ??
    (meaning.identity.has(scope) ? identityTitle : platform.title)[language]
  return [...Map.groupBy(asked, titleOf)].map(([title, scopes]) => ({
    title,
    scopes: scopes.map((name) => ({ name, text: meaning.describe(name)?.[language] ?? name })),
  }))
}

const identityTitle = { fr: 'Votre identité', en: 'Your identity' } as const

/** All that the application asked for. */
export const agreedScopes = ({ params }: Interaction): readonly string[] =>
  String(params.scope ?? '')
    .split(' ')
    .filter((scope) => scope !== '')

function missingScopes({ prompt }: Interaction, resource: string): readonly string[] {
  const { missingOIDCScope = [], missingResourceScopes = {} } = prompt.details as {
    readonly missingOIDCScope?: readonly string[]
    readonly missingResourceScopes?: Readonly<Record<string, readonly string[]>>
  }
  return [...new Set([...missingOIDCScope, ...(missingResourceScopes[resource] ?? [])])]
}
