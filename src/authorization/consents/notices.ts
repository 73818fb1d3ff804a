import { importJWK, SignJWT } from 'jose'
import type { Access } from '#access'
import type { Clock, Identifiers, Log } from '#base'
import type { RealmKeys } from '../realm-keys.js'
import { createSafePost } from './safe-post.js'

export interface NoticesOptions {
  readonly access: Access
  readonly clock: Clock
  readonly log: Log
  readonly identifiers: Identifiers
  readonly issuer: string
  readonly keys: () => Promise<RealmKeys>
  /** CIDR blocks that may be told although they are not public. */
  readonly eventNetworks: readonly string[]
  /** Milliseconds before each try: after the last it is given up, and the log says so. */
  readonly delaysMilliseconds?: readonly number[]
}

export interface Withdrawal {
  readonly accountId: string
  readonly clientId: string
}

const usualDelays = [0, 1000, 10_000, 60_000, 600_000]

/** Tells applications that registered an event address, by a signed Security Event Token (RFC 8417, pushed as RFC 8935 says). */
export function createNotices(options: NoticesOptions) {
  const { access, log, delaysMilliseconds: delays = usualDelays } = options
  const post = createSafePost(options.eventNetworks)
  const timers = new Set<NodeJS.Timeout>()

  const attempt = async (url: string, body: string, tried: number): Promise<void> => {
    const status = await post(url, { type: 'application/secevent+jwt', body }).catch((error: unknown) => String(error))
    if (typeof status === 'number' && status >= 200 && status < 300) return
    const delay = delays[tried]
    log.warn('authorization.notice-failed', { url: new URL(url).origin, status, givenUp: delay === undefined })
    if (delay === undefined) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void attempt(url, body, tried + 1)
    }, delay).unref()
    timers.add(timer)
  }

  return {
    /** Resolves after the first try; the others follow by themselves. */
    async withdrawn(withdrawal: Withdrawal): Promise<void> {
      const url = (await access.fresh(withdrawal.clientId))?.eventUrl
      if (url != null) await attempt(url, await signed(options, withdrawal), 1)
    },
    close(): void {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

async function signed({ issuer, keys, clock, identifiers }: NoticesOptions, { accountId, clientId }: Withdrawal) {
  const [jwk] = (await keys()).keys
  if (jwk === undefined) throw new TypeError('a realm without keys')
  const events = {
    'urn:portique:event:consent-withdrawn': { subject: { format: 'iss_sub', iss: issuer, sub: accountId } },
  }
  return new SignJWT({ events })
    .setProtectedHeader({
      alg: jwk.alg ?? 'RS256',
      typ: 'secevent+jwt',
      ...(jwk.kid !== undefined && { kid: jwk.kid }),
    })
    .setIssuer(issuer)
    .setAudience(clientId)
    .setIssuedAt(Math.floor(clock() / 1000))
    .setJti(identifiers.id('evt'))
    .sign(await importJWK(jwk))
}
