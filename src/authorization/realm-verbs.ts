import { Problem } from '#base'
import type { Authorization, AuthorizationOptions } from './authorization.js'
import { signingAlgorithm } from './create-realm.js'
import type { MountedRealm } from './realm.js'
import { dropRealmKey, rotateRealmKeys } from './realm-keys.js'

const daySeconds = 86_400

/** What an operator does to a realm. */
export function realmVerbs(
  options: AuthorizationOptions,
  realms: readonly MountedRealm[],
): Pick<Authorization, 'rotateKeys' | 'dropKey' | 'createAccount' | 'accountsOf'> {
  const wanted = (name: string) => {
    const mounted = realms.find((each) => each.name === name)
    if (mounted === undefined) throw unknownRealm(realms.map((each) => each.name))
    return mounted
  }
  return {
    async rotateKeys({ realm: name, overlapSeconds = daySeconds }) {
      const { realm } = wanted(name)
      // What was signed before must verify as long as it lasts (OpenID Connect Core section 10.1.1).
      const least = Math.max(realm.idTokenSeconds, realm.accessTokenSeconds)
      if (!(overlapSeconds >= least && overlapSeconds <= 400 * daySeconds)) throw badOverlap(least)
      return rotateRealmKeys(options, { realm: name, algorithm: signingAlgorithm(realm), overlapSeconds })
    },
    async dropKey({ realm: name, kid }) {
      const { realm } = wanted(name)
      return dropRealmKey(options, { realm: name, algorithm: signingAlgorithm(realm), kid })
    },
    async createAccount({ realm: name, ...account }) {
      const { accounts } = wanted(name)
      if (accounts === null) throw noAccounts
      return accounts.create(account)
    },
    accountsOf(name) {
      const { accountVerbs } = wanted(name)
      if (accountVerbs === null) throw noSignIn
      return accountVerbs
    },
  }
}

const unknownRealm = (names: readonly string[]) =>
  new Problem({
    code: 'authorization/unknown-realm',
    status: 404,
    text: {
      fr: `Royaume inconnu. Il y a : ${names.join(', ')}.`,
      en: `Unknown realm. There are: ${names.join(', ')}.`,
    },
  })

const noAccounts = new Problem({
  code: 'authorization/no-accounts',
  status: 409,
  text: {
    fr: 'Ce royaume ne tient pas de comptes : « sign_in: { accounts: true } » dans platform.yaml l’y autorise.',
    en: 'This realm keeps no accounts: `sign_in: { accounts: true }` in platform.yaml lets it.',
  },
})

const noSignIn = new Problem({
  code: 'authorization/no-sign-in',
  status: 409,
  text: { fr: 'Personne ne s’identifie dans ce royaume.', en: 'Nobody signs in to this realm.' },
})

const badOverlap = (least: number) =>
  new Problem({
    code: 'authorization/bad-overlap',
    status: 400,
    text: {
      fr: `Le recouvrement dure de ${least} secondes, la vie d’un jeton, à 400 jours.`,
      en: `The overlap lasts from ${least} seconds, the life of a token, to 400 days.`,
    },
  })
