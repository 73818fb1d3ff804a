import { addressKey, type Identifiers, type Log, Problem } from '#base'
import type { JsonObject } from '#contract'
import type { AccountsStore } from './accounts-store.js'
import type { Attempts } from './attempts.js'
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
  readonly attempts: Attempts
  readonly log: Log
  readonly identifiers: Identifiers
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly audit: SignInAudit
  /** What the service is called. */
  readonly service: readonly string[]
}

/** Accounts with passwords of the realm's own: argon2id, and a lock after failures, for the account and for the address. */
export function createAccounts({ accounts, attempts, log, identifiers, realm, audit, service }: Options): Accounts {
  return {
    async signIn({ identifier, password, address }) {
      const key = keyOf(identifier.slice(0, 200))
      const attempt = { account: key, address: addressKey(address) }
      const begun = await attempts.begin(attempt)
      if (begun.kind === 'wait') return begun
      const account = await accounts.findByKey(key)
      const matches = await matchPassword(password.slice(0, 1000), account?.password)
      // Nor was it disabled, or its password reset, while the password was weighed.
      const now = matches && account !== undefined ? await accounts.find(account.sub) : undefined
      if (now !== undefined && now.password === account?.password && now.disabledAt === null) {
        await attempts.succeeded(attempt)
        return { kind: 'person', sub: now.sub }
      }
      log.warn('authorization.sign-in-refused', { realm, address })
      const who = account === undefined ? { identifier: key } : { sub: account.sub }
      await audit.note({ action: 'sign-in-refused', who })
      if (begun.last) await audit.note({ action: 'sign-in-locked', who })
      return { kind: 'refused' }
    },
    async create({ identifier, password, name, claims = {} }) {
      if (!/^[\p{L}\p{N}._%+@-]{3,200}$/u.test(identifier)) throw badIdentifier
      checkPassword(password, { identifier, name, service })
      const sub = identifiers.id('usr')
      const account = { sub, name, claims, identifier, password: await hashPassword(password) }
      if (!(await accounts.save(account, keyOf(identifier)))) throw taken
      await audit.note({ action: 'account-created', who: { sub }, by: 'operator' })
      return { sub }
    },
  }
}

/** What an account is found by at sign-in. */
export const keyOf = (identifier: string): string => `password:${identifier.trim().normalize('NFKC').toLowerCase()}`

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
