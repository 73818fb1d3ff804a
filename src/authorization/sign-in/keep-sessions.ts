import type { Provider } from 'oidc-provider'
import type { LibraryModel } from '../library-model.js'
import { errors } from '../oidc-provider.js'
import type { Sessions } from './sessions.js'

type Session = InstanceType<Provider['Session']>

/** What of a session the library's types leave out. */
interface Own extends Session, LibraryModel {
  /** Its identifier before it was given another one. */
  oldId?: string
  touched: boolean
  destroyed: boolean
}

/** The session was ended, at a sign-out say, while a request in it was under way. */
export class SessionEnded extends errors.LoginRequired {}

export interface KeepSessionsOptions {
  readonly sessions: Sessions
  readonly resource: string
}

/** Teaches a provider of the library to write and end its sessions in transactions of ours. */
export function keepSessions(provider: Provider, { sessions, resource }: KeepSessionsOptions): void {
  Object.assign(provider.Session.prototype, {
    async save(this: Own, seconds: number): Promise<string> {
      const foundAs = isKept(this) ? (this.oldId ?? this.jti) : undefined
      this.exp = Math.floor(Date.now() / 1000) + seconds
      const { payload } = await this.getValueAndPayload()
      const stands = await sessions.write({ payload, foundAs, seconds })
      Reflect.deleteProperty(this, 'oldId')
      this.touched = false
      if (!stands) throw new SessionEnded('the session was ended')
      return this.jti
    },
    async destroy(this: Own): Promise<void> {
      const { uid, accountId, authorizations = {} } = this
      const grantIds = Object.values(authorizations).flatMap((each) => each?.grantId ?? [])
      await sessions.end({ uid, accountId, signedOut: !signsInAgain(this, resource), grantIds })
      this.destroyed = true
    },
  })
}

/** It was found in the store, or written there by this request. */
export const isKept = (session: { readonly exp?: number | undefined }): boolean => session.exp !== undefined

/** It ends because somebody else signs in for an application: that is no sign-out, and takes nothing from what was given. */
export const signsInAgain = ({ state }: Pick<Session, 'state'>, resource: string): boolean =>
  String(state?.postLogoutRedirectUri ?? '').startsWith(`${resource}/`)
