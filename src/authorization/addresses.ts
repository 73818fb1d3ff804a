import { Problem } from '#base'
import { realmPaths, type SignInEndpoint, signInEndpoints, signInPaths, standardSignInHabits } from '#contract'
import { chooseRealm, type RealmAsked } from './choose-realm.js'
import type { MountedRealm } from './realm.js'

/** What an address of this room means. */
export interface Address {
  /** Throws OAuthRefusal when the request must name the realm and names none that is known. */
  realm(asked: RealmAsked): MountedRealm
  /** Path under the realm's issuer. */
  readonly path: (realm: MountedRealm) => string
  readonly kind: AddressKind
  /** For refusals before the realm is known. */
  readonly speaker: MountedRealm
}

/** `client`: a client proves who it is there; `public`: any stranger may read it; `token`: a person's token opens it; `browser`: people go there. */
export type AddressKind = 'client' | 'public' | 'token' | 'browser'

const { openid, oauth } = realmPaths

/** What stands behind the names that platforms give addresses of signing in. */
const endpoints: Readonly<
  Record<SignInEndpoint, { readonly kind: AddressKind; readonly path: (realm: MountedRealm) => string }>
> = {
  authorize: { kind: 'browser', path: ({ habits }) => (habits.signIn ?? standardSignInHabits).authorizePath },
  jwks: { kind: 'public', path: () => realmPaths.jwks },
  discovery: { kind: 'public', path: () => openid },
  userinfo: { kind: 'token', path: () => signInPaths.userinfo },
  end_session: { kind: 'browser', path: () => signInPaths.endSession },
  consents: { kind: 'browser', path: () => signInPaths.consents },
}

/** Finds what an address means; undefined: it is none of this room. All are among `realmAddresses`, which no API may take. */
export function addressesOf(realms: readonly MountedRealm[]): (path: string) => Address | undefined {
  const addresses = new Map<string, Address>()
  const put = (path: string, address: Address) => {
    if (addresses.has(path)) throw addressTaken(path)
    addresses.set(path, address)
  }
  for (const mounted of realms) addOwn(put, mounted)
  for (const own of Map.groupBy(realms, (each) => each.platform).values()) addShared(put, own)
  const beneath = realms.flatMap((mounted) => (mounted.visits === null ? [] : beneathOf(mounted)))
  return (path) => addresses.get(path) ?? beneath.find(({ prefix }) => path.startsWith(prefix))?.addressOf(path)
}

type Put = (path: string, address: Address) => void

function addOwn(put: Put, mounted: MountedRealm): void {
  const { issuerPath, signIn } = mounted.realm
  const add = (kind: AddressKind, path: string, at = `${issuerPath}${path}`) =>
    put(at, { kind, path: () => path, realm: () => mounted, speaker: mounted })
  add('client', mounted.habits.tokenPath)
  add('client', realmPaths.introspect)
  add('client', realmPaths.revoke)
  add('public', realmPaths.jwks)
  add('public', openid)
  add('public', oauth)
  // RFC 8414 section 3.1 puts the issuer's path behind the well-known one.
  add('public', oauth, `${oauth}${issuerPath}`)
  if (mounted.visits === null) return
  add('client', signInPaths.par)
  for (const name of ['authorize', 'userinfo', 'end_session', 'consents'] as const) {
    add(endpoints[name].kind, endpoints[name].path(mounted))
  }
  add('browser', signInPaths.endSessionConfirm)
  add('browser', signInPaths.endSessionSuccess)
  add('browser', signInPaths.withdraw)
  add('browser', signInPaths.callback)
  add('browser', signInPaths.signedOut)
  for (const name of signInEndpoints) {
    for (const at of signIn?.paths[name] ?? []) add(endpoints[name].kind, endpoints[name].path(mounted), at)
  }
}

/** Addresses with a name of their own: an interaction, and what follows it. */
function beneathOf(mounted: MountedRealm) {
  const { issuerPath } = mounted.realm
  const under = [`${endpoints.authorize.path(mounted)}/`, `${signInPaths.interaction}/`]
  return under.map((path) => ({
    prefix: `${issuerPath}${path}`,
    addressOf: (at: string): Address => ({
      kind: 'browser',
      path: () => at.slice(issuerPath.length),
      realm: () => mounted,
      speaker: mounted,
    }),
  }))
}

function addShared(put: Put, realms: readonly MountedRealm[]): void {
  const [speaker] = realms
  if (speaker === undefined) return
  const choose = chooseRealm(realms, speaker.habits.realmParameter)
  for (const path of speaker.habits.sharedTokenPaths) {
    put(path, {
      kind: 'client',
      path: (realm) => realm.habits.tokenPath,
      realm: (asked) => choose(asked, 'token'),
      speaker,
    })
  }
  const { sharedPaths } = speaker.habits.signIn ?? standardSignInHabits
  for (const name of signInEndpoints) {
    for (const path of sharedPaths[name])
      put(path, { ...endpoints[name], realm: (asked) => choose(asked, name), speaker })
  }
}

const addressTaken = (path: string) =>
  new Problem({
    code: 'authorization/address-taken',
    status: 500,
    text: {
      fr: `Deux royaumes ou plateformes déclarent la même adresse : ${path}`,
      en: `Two realms or platforms declare the same address: ${path}`,
    },
  })
