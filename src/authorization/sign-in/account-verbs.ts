import type { Transaction } from 'kysely'
import { type Clock, Problem } from '#base'
import type { Database, Store } from '#storage'
import type { Consents } from '../consents/consents.js'
import type { GivenGrants } from '../consents/given-grants.js'
import { revokeGrants } from '../consents/revoke-grants.js'
import { keyOf } from './accounts.js'
import type { AccountsStore, KeptAccount } from './accounts-store.js'
import type { PersonDeed, SignInAudit } from './audit.js'
import { hashPassword } from './password-hash.js'
import { checkPassword } from './password-rules.js'
import type { Sessions } from './sessions.js'

/** An account as an operator sees it. */
export interface AccountListed {
  readonly sub: string
  /** Null: signs in elsewhere. */
  readonly identifier: string | null
  readonly name: string
  /** Milliseconds since the epoch; null: it is in use. */
  readonly disabledAt: number | null
}

/** What an operator does to accounts; `who` is a user name or a subject. All but `list` end every session, grant and token of the person. */
export interface AccountVerbs {
  list(): Promise<readonly AccountListed[]>
  disable(who: string): Promise<AccountListed>
  enable(who: string): Promise<AccountListed>
  /** Rejects with `account/weak-password`, or `account/no-password` where the person signs in elsewhere. */
  resetPassword(who: string, password: string): Promise<AccountListed>
  /** Personas too. */
  endSessions(who: string): Promise<{ readonly sub: string }>
  /** With every consent; what is on record of the person stays, under a mark that nobody can lead back. */
  remove(who: string): Promise<AccountListed>
}

interface Options {
  readonly store: Store
  readonly clock: Clock
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly accounts: AccountsStore
  readonly sessions: Sessions
  readonly grants: GivenGrants
  readonly consents: Consents
  readonly audit: SignInAudit
  /** What the service is called. */
  readonly service: readonly string[]
}

export function createAccountVerbs(options: Options): AccountVerbs {
  const { store, clock, realm, accounts, sessions, grants, consents, audit, service } = options

  const wanted = async (who: string): Promise<KeptAccount> => {
    const account = (await accounts.findByKey(keyOf(who))) ?? (await accounts.find(who))
    if (account === undefined) throw unknownAccount
    return account
  }
  const endAll = async (transaction: Transaction<Database>, sub: string): Promise<void> => {
    await sessions.endOfPerson(transaction, sub)
    await revokeGrants(store, transaction, { realm, grantIds: await grants.ofPerson(transaction, sub) })
  }
  const note = (transaction: Transaction<Database>, sub: string, action: PersonDeed) =>
    audit.note({ action, who: { sub }, by: 'operator' }, transaction)
  /** Enabling ends everything too: what was under way when the account was disabled does not come back. */
  const change = (account: KeptAccount, action: PersonDeed) =>
    store.transaction(async (transaction) => {
      if (!(await accounts.change(transaction, account))) throw unknownAccount
      await endAll(transaction, account.sub)
      await note(transaction, account.sub, action)
      return shown(account)
    })

  return {
    list: async () => (await accounts.all()).map(shown),
    disable: async (who) => change({ ...(await wanted(who)), disabledAt: clock() }, 'account-disabled'),
    enable: async (who) => change({ ...(await wanted(who)), disabledAt: null }, 'account-enabled'),
    async resetPassword(who, password) {
      const account = await wanted(who)
      if (account.password === undefined) throw noPassword
      checkPassword(password, { identifier: account.identifier ?? who, name: account.name, service })
      return change({ ...account, password: await hashPassword(password) }, 'password-reset')
    },
    async endSessions(who) {
      const sub = (await accounts.findByKey(keyOf(who)))?.sub ?? who
      await store.transaction(async (transaction) => {
        await endAll(transaction, sub)
        await note(transaction, sub, 'sessions-ended')
      })
      return { sub }
    },
    async remove(who) {
      const account = await wanted(who)
      return store.transaction(async (transaction) => {
        if (!(await accounts.remove(transaction, account.sub))) throw unknownAccount
        await sessions.endOfPerson(transaction, account.sub)
        await consents.forget(transaction, account.sub)
        await endAll(transaction, account.sub)
        await note(transaction, account.sub, 'account-deleted')
        return shown(account)
      })
    },
  }
}

const shown = ({ sub, identifier, name, disabledAt }: KeptAccount): AccountListed => ({
  ...{ sub, identifier: identifier ?? null, name, disabledAt },
})

const unknownAccount = new Problem({
  code: 'account/unknown',
  status: 404,
  text: {
    fr: 'Ce royaume ne connaît personne sous cet identifiant. « portique realm list-accounts » les nomme tous.',
    en: 'This realm knows nobody by this name. `portique realm list-accounts` names them all.',
  },
})

const noPassword = new Problem({
  code: 'account/no-password',
  status: 409,
  text: {
    fr: 'Cette personne s’identifie ailleurs : elle n’a pas de mot de passe ici.',
    en: 'This person signs in elsewhere and has no password here.',
  },
})
