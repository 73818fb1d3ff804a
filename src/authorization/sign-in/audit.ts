import { createHmac } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Clock, Identifiers } from '#base'
import type { Database, Store } from '#storage'
import { artifactKey } from '../artifact-key.js'

/** What people do in a realm, and what is done to their accounts there. */
export type PersonDeed =
  | 'signed-in'
  | 'sign-in-refused'
  | 'sign-in-locked'
  | 'signed-out'
  | 'consented'
  | 'withdrew'
  | 'account-created'
  | 'account-disabled'
  | 'account-enabled'
  | 'account-deleted'
  | 'password-reset'
  | 'reused'
  | 'sessions-ended'

export interface AuditedDeed {
  readonly action: PersonDeed
  /** The person's subject, or what was typed where there should be one: of either only a mark is kept. Or an application. */
  readonly who: { readonly sub: string } | { readonly identifier: string } | { readonly clientId: string }
  /** Who did it where it was not the person. */
  readonly by?: 'operator'
  readonly clientId?: string
  /** No secret, no personal value. */
  readonly detail?: Readonly<Record<string, string | readonly string[]>>
}

export interface SignInAudit {
  /** Resolves once the entry is durable, or stands in the caller's transaction. */
  note(deed: AuditedDeed, within?: Transaction<Database>): Promise<void>
}

interface Options {
  readonly store: Store
  readonly clock: Clock
  readonly identifiers: Identifiers
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly key: string
}

/** Sign-ins and consents in the audit table (ASVS 5.0 V16.3.1). */
export function createSignInAudit({ store, clock, identifiers, realm, key }: Options): SignInAudit {
  // A subject is random, so its hash gives nothing away; a user name can be guessed, so its mark needs a key.
  const markOf = (who: AuditedDeed['who']) => {
    if ('clientId' in who) return `application:${who.clientId}`
    return 'sub' in who
      ? `person:${personMark(realm, who.sub)}`
      : `unknown:${createHmac('sha256', key).update(`identifier:${who.identifier}`).digest('base64url').slice(0, 22)}`
  }
  return {
    async note({ action, who, by, clientId, detail = {} }, within) {
      const realmOrApplication = clientId === undefined ? `realm:${realm}` : `application:${clientId}`
      await (within ?? store.db)
        .insertInto('audit')
        .values({
          id: identifiers.id('aud'),
          at: clock(),
          actor: by ?? markOf(who),
          action: `authorization.${action}`,
          object: by === undefined ? realmOrApplication : markOf(who),
          detail: JSON.stringify({ realm, ...detail }),
        })
        .execute()
    },
  }
}

/** Under which the audit knows a person: who has the subject can find the entries, who has the entries cannot find the subject. */
export const personMark = (realm: string, sub: string): string =>
  artifactKey(JSON.stringify(['person', realm, sub])).slice(0, 22)
