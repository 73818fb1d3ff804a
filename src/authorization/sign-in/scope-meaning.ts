import type { Access } from '#access'
import type { Text } from '#base'
import { type ApiVersion, type Platform, type Realm, type RealmSignIn, standardRealmSignIn } from '#contract'

export interface ScopeMeaning {
  /** Scopes of the realm's own: who the person is (OpenID Connect Core section 5.4). */
  readonly identity: ReadonlySet<string>
  /** False where people are never asked: who employs them decides which applications they use. */
  readonly asks: boolean
  /** The scope shows something of the person. */
  isPersonal(scope: string): boolean
  /** The person is asked before an application gets it. */
  needsConsent(scope: string): boolean
  /** In plain words, for the person; undefined: nobody wrote any. */
  describe(scope: string): Text | undefined
  /** Everything that a token of this realm may hold. */
  all(): readonly string[]
}

export const signInOf = (realm: Realm): RealmSignIn => realm.signIn ?? standardRealmSignIn

/** What the scopes of a realm mean, as its APIs say now. */
export function createScopeMeaning(access: Access, platform: Platform, realm: Realm): ScopeMeaning {
  const identity = new Set(Object.keys(signInOf(realm).claims))
  const apis = () => access.snapshot().apis.filter((api) => api.platform === platform.id && api.realm === realm.name)
  let known: { readonly from: unknown; readonly asked: Set<string>; readonly free: Set<string> } | undefined

  const sorted = () => {
    const from = access.snapshot().apis
    if (known?.from === from) return known
    const asked = new Set<string>()
    const free = new Set<string>()
    for (const api of apis()) for (const scope of scopesOf(api)) (isPersonal(api, scope) ? asked : free).add(scope)
    known = { from, asked, free }
    return known
  }

  const { consent: asks } = signInOf(realm)
  const isPersonalScope = (scope: string) => {
    const { asked, free } = sorted()
    if (asked.has(scope)) return true
    // Who the person is beyond a bare identifier is personal, unless an API of the realm says otherwise.
    return identity.has(scope) && scope !== 'openid' && !free.has(scope)
  }

  return {
    identity,
    asks,
    isPersonal: isPersonalScope,
    needsConsent: (scope) => asks && isPersonalScope(scope),
    describe: (scope) =>
      apis().find((api) => Object.hasOwn(api.describedScopes, scope))?.describedScopes[scope] ?? identityTexts[scope],
    all: () => [...new Set([...identity, ...apis().flatMap(scopesOf)])],
  }
}

/** OpenID Connect Core section 5.4, for where no API of the realm says it in its own words. */
const identityTexts: Readonly<Record<string, Text>> = {
  profile: {
    fr: 'Vos nom et prénoms, et les autres éléments de votre profil.',
    en: 'Your names and the rest of your profile.',
  },
  email: { fr: 'Votre adresse électronique.', en: 'Your e-mail address.' },
  phone: { fr: 'Votre numéro de téléphone.', en: 'Your telephone number.' },
  address: { fr: 'Votre adresse postale.', en: 'Your postal address.' },
}

const scopesOf = (api: ApiVersion) => [...api.scopes.production, ...api.scopes.sandbox, ...(api.dataScopes ?? [])]

const isPersonal = ({ access, personalScopes = [] }: ApiVersion, scope: string) =>
  access.consent && personalScopes.includes(scope)
