import { addressKey, type Clock, type Identifiers, type Log, Problem } from '#base'
import type { JsonObject } from '#contract'
import { createFailureLimiter } from '../failure-limiter.js'
import type { AccountsStore } from './accounts-store.js'
import type { SignInAudit } from './audit.js'
import { hashPassword, matchPassword } from './password-hash.js'
import { checkPassword } from './password-rules.js'

export type SignInOutcome =
  | { readonly kind: 'person'; readonly sub: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly retryAfterSeconds: number }

export interface NewAccount {
  readonly identifier: string
  readonly password: string
  readonly name: string
  readonly claims?: JsonObject
}

export interface Accounts {
  /** Unknown user name and wrong password are told alike, in the same time (ASVS 5.0 V6.3.8). */
  signIn(attempt: {
    readonly identifier: string
    readonly password: string
    readonly address: string
  }): Promise<SignInOutcome>
  /** Rejects with a Problem `account/…`. */
  create(account: NewAccount): Promise<{ readonly sub: string }>
}

interface Options {
  readonly accounts: AccountsStore
  readonly clock: Clock
  readonly log: Log
  readonly identifiers: Identifiers
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly audit: SignInAudit
}

const lockMilliseconds = 15 * 60_000

/** Accounts with passwords of the realm's own: argon2id, and a lock after failures, for the account and for the address. */
export function createAccounts({ accounts, clock, log, identifiers, realm, audit }: Options): Accounts {
  const limiter = (limit: number) =>
    createFailureLimiter({ limit, periodMilliseconds: lockMilliseconds, keysMax: 50_000, clock })
  const perAccount = limiter(5)
  const perAddress = limiter(50)
  const keyOf = (identifier: string) => `password:${identifier.trim().normalize('NFKC').toLowerCase()}`

  return {
    async signIn({ identifier, password, address }) {
      const key = keyOf(identifier.slice(0, 200))
      const from = addressKey(address)
      const retryAfterSeconds = Math.max(perAccount.waitSeconds(key), perAddress.waitSeconds(from))
      if (retryAfterSeconds > 0) return { kind: 'wait', retryAfterSeconds }
      // Counted before the slow part, so that parallel guesses do not slip through.
      perAccount.fail(key)
      perAddress.fail(from)
      const account = await accounts.findByKey(key)
      if (await matchPassword(password.slice(0, 1000), account?.password)) {
        perAccount.forget(key)
        if (account !== undefined) return { kind: 'person', sub: account.sub }
      }
      log.warn('authorization.sign-in-refused', { realm, address })
      const who = account === undefined ? { identifier: key } : { sub: account.sub }
      await audit.note({ action: 'sign-in-refused', who })
      if (perAccount.waitSeconds(key) > 0) await audit.note({ action: 'sign-in-locked', who })
      return { kind: 'refused' }
    },
    async create({ identifier, password, name, claims = {} }) {
      if (!/^[\p{L}\p{N}._%+@-]{3,200}$/u.test(identifier)) throw badIdentifier
      checkPassword(password, identifier)
      const sub = identifiers.id('usr')
      const account = { sub, name, claims, password: await hashPassword(password) }
      if (!(await accounts.save(account, keyOf(identifier)))) throw taken
      return { sub }
    },
  }
}

const badIdentifier = new Problem({
  code: 'account/bad-identifier',
  status: 400,
  text: {
    fr: 'Identifiant refusé : 3 à 200 lettres, chiffres et signes . _ % + @ -.',
    en: 'User name refused: 3 to 200 letters, digits and the signs . _ % + @ -.',
  },
})

const taken = new Problem({
  code: 'account/taken',
  status: 409,
  text: { fr: 'Cet identifiant est déjà pris.', en: 'This user name is taken.' },
})
