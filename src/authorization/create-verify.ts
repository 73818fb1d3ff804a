import { type ApplicationRecord, hashSecret, isTokenText, type ProvenToken, type UnprovenToken } from '#access'
import { type Credential, type Refusal, refusal, type Verified } from '#contract'
import type { Verify } from '#gateway'
import type { AuthorizationOptions } from './authorization.js'
import { isLive } from './client-secrets.js'
import type { LastUse } from './consents/last-use.js'
import { createPersonOf } from './person-of.js'
import { createReadToken, type StoredToken } from './read-token.js'
import { type CachedToken, createTokenCache } from './token-cache.js'
import { createUnknownTokens } from './unknown-tokens.js'

/** A feed that has been silent for longer may have lost a revocation: nothing in memory is proof then. */
const silenceMillisecondsMax = 1000
/** How long the store may take to prove a token. */
const proofMillisecondsMax = 2000
/** What a token can look like; anything else never reaches the store. */
const tokenShape = /^[A-Za-z0-9_-]{20,128}$/

type Options = Pick<AuthorizationOptions, 'store' | 'vault' | 'access' | 'clock' | 'log' | 'tokensMax'> & {
  readonly lastUse: Pick<LastUse, 'note'>
}

/** The gateway's port: synchronous when the token is in memory and the feed is whole, otherwise proven in the store. */
export function createVerify({ lastUse, tokensMax = 100_000, ...options }: Options) {
  const { store, access, clock, log } = options
  const cache = createTokenCache(tokensMax)
  const unknown = createUnknownTokens(clock)
  const readToken = createReadToken({ store, clock })
  const personOf = createPersonOf(options)
  const proofs = new Map<string, Promise<Verified | Refusal>>()
  /** Grows with every revocation told: a proof that began before one is not kept. */
  let revocations = 0
  const unsubscribe = store.feed.subscribe(({ topic, key }) => {
    if (topic === 'token') cache.drop(key)
    else if (topic === 'token-key' || topic === '*') cache.clear()
    else return
    revocations += 1
  })
  const silent = () => store.feed.silentMilliseconds() > silenceMillisecondsMax
  const reread = () => (silent() ? 'fromStore' : undefined)

  const fromMemory = (token: string): Verified | Refusal | undefined => {
    const entry = cache.get(token)
    if (entry === undefined) return unknown.get(token)
    if (entry.verified.expiresAt <= clock()) {
      cache.remove(token)
      // Why a long-lived token came to its end is the store's to say.
      return isTokenText(token) ? undefined : refusal('token/invalid')
    }
    if (silent() || access.record(entry.verified.applicationId) !== entry.record) return undefined
    if (lacksPerson(entry.verified)) return undefined
    return active(entry)
  }

  /** An API may have been published since that answers with the claims of the person. */
  const lacksPerson = ({ subject, person, platform, realm }: Verified): boolean =>
    subject !== undefined && person === undefined && personOf.asks(platform, realm)

  const prove = async (token: string): Promise<Verified | Refusal> => {
    const before = revocations
    const stored: ProvenToken | StoredToken | UnprovenToken = isTokenText(token)
      ? await access.tokens.prove(token, reread())
      : await readToken(token)
    const found = 'code' in stored ? stored.token : stored
    const record = found && (await access.fresh(found.applicationId, reread()))
    if ('code' in stored || record === undefined) {
      const refused = 'code' in stored ? withHolder(stored, record) : refusal('token/invalid')
      cache.remove(token)
      // A signature may be by a key of which this node has not heard yet: that is asked again.
      if (!isTokenText(token) || refused.detail !== undefined) unknown.add(token, refused)
      return refused
    }
    const { platform, environment } = record.access
    const person = 'realm' in stored ? await personOf.find({ ...stored, platform }) : undefined
    const known = { platform, ...stored, environment }
    const verified: Verified = Object.freeze(person === undefined ? known : { ...known, person })
    if (before === revocations) cache.set(token, { verified, record })
    return active({ verified, record })
  }

  /** Many calls with one token ask the store once. */
  const proof = (token: string): Promise<Verified | Refusal> => {
    const running = proofs.get(token)
    if (running !== undefined) return running
    const started = orUnproven(prove(token)).finally(() => proofs.delete(token))
    proofs.set(token, started)
    return started
  }

  let warnedAt = Number.NEGATIVE_INFINITY
  const orUnproven = <T>(work: Promise<T>): Promise<T | Refusal> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the store is late')), proofMillisecondsMax)
    })
    return Promise.race([work, late])
      .catch((error: unknown) => {
        if (clock() - warnedAt >= 1000) {
          warnedAt = clock()
          log.warn('authorization.unproven', { error: error instanceof Error ? error.message : String(error) })
        }
        return refusal('gateway/unproven', { retryAfterSeconds: 1 })
      })
      .finally(() => clearTimeout(timer))
  }

  const verifyKey = (value: string): Verified | Refusal | Promise<Verified | Refusal> => {
    const hash = hashSecret(value)
    const known = access.apiKey(hash)
    if (known === undefined) return refusal(silent() ? 'gateway/unproven' : 'token/invalid')
    if (!silent() && access.record(known.applicationId) !== undefined) return keyHolder(hash)
    return orUnproven(access.fresh(known.applicationId, reread()).then(() => keyHolder(hash)))
  }

  const keyHolder = (hash: string): Verified | Refusal => {
    const known = access.apiKey(hash)
    const record = known && access.record(known.applicationId)
    if (known === undefined || record === undefined || !isLive(known.credential, clock())) {
      return refusal('token/invalid')
    }
    if (record.access.state !== 'active') return refusal('access/application')
    access.used(known.credential.id)
    return {
      tokenId: known.credential.id,
      applicationId: known.applicationId,
      platform: record.access.platform,
      environment: record.access.environment,
      scopes: access.allowedScopes(known.applicationId),
      expiresAt: known.credential.expiresAt ?? Number.MAX_SAFE_INTEGER,
    }
  }

  /** A long-lived token, wherever it was carried: a text that nobody signed never reaches the store. */
  const verifyKept = (text: string): Verified | Refusal | Promise<Verified | Refusal> => {
    const known = fromMemory(text)
    if (known !== undefined) return known
    if (access.tokens.signed(text) === false && !silent()) return refusal('token/invalid')
    return proof(text)
  }

  const verifyAny = ({ kind, value }: Credential): Verified | Refusal | Promise<Verified | Refusal> => {
    if (isTokenText(value)) return verifyKept(value)
    if (kind === 'api-key') return verifyKey(value)
    if (!tokenShape.test(value)) return refusal('token/invalid')
    return fromMemory(value) ?? proof(value)
  }

  const verify: Verify = (credential, platform) => {
    const answer = verifyAny(credential)
    return answer instanceof Promise ? answer.then((each) => noted(each, platform)) : noted(answer, platform)
  }

  const noted = (answer: Verified | Refusal, platform: string): Verified | Refusal => {
    const proven = own(answer, platform)
    if (!('tokenId' in proven)) return proven
    if (proven.tokenName !== undefined) access.tokens.used(proven.tokenName)
    if (proven.grantId !== undefined) {
      const { grantId, realm = '', subject = '', applicationId: clientId } = proven
      lastUse.note({ grantId, realm: `${platform}/${realm}`, accountId: subject, clientId })
    }
    return proven
  }

  return { verify, close: unsubscribe, cached: () => cache.size }
}

const active = ({ verified, record }: CachedToken): Verified | Refusal =>
  record.access.state === 'active' ? verified : refusal('access/application')

/** What is refused of a token at its end, with whose it was; an application that is stopped comes first. */
function withHolder({ token, ...told }: UnprovenToken, record: ApplicationRecord | undefined): Refusal {
  if (token === undefined || record === undefined) return told
  const { platform, environment, state } = record.access
  if (state !== 'active') return refusal('access/application')
  return { ...told, ended: Object.freeze({ platform, ...token, environment }) }
}

/** A token opens the APIs of its own platform only. */
function own(answer: Verified | Refusal, platform: string): Verified | Refusal {
  const holder = 'code' in answer ? answer.ended : answer
  return holder !== undefined && holder.platform !== platform ? refusal('token/foreign') : answer
}
