import type { Clock } from '#base'
import type { Environment, UpstreamRequest } from '#contract'
import type { IdentityClaims, SignIdentity } from '../ports.js'
import type { Identify } from '../upstream/request-head.js'

/** Signs once per token, upstream and minute: a signature costs more than the rest of a call. */
export function createIdentities({ issuer, sign, clock }: IdentityNeeds): Identify {
  let minute = 0
  const signed = new Map<string, Statement[]>()
  return (request, origin) => {
    const now = clock()
    const current = Math.floor(now / 60_000)
    if (current !== minute || signed.size >= signedMax) signed.clear()
    minute = current
    const { verified, environment } = request
    const own = signed.get(verified.tokenId)
    if (own !== undefined)
      for (const each of own) if (each.origin === origin && each.environment === environment) return each.value
    const value = sign({ iss: issuer, ...claimsFor(request, origin, Math.floor(now / 1000)) })
    if (own === undefined) signed.set(verified.tokenId, [{ origin, environment, value }])
    else own.push({ origin, environment, value })
    return value
  }
}

export interface IdentityNeeds {
  readonly issuer: string
  readonly sign: SignIdentity
  readonly clock: Clock
}

interface Statement {
  readonly origin: string
  readonly environment: Environment
  readonly value: string
}

/** Tokens. */
const signedMax = 20_000
/** One minute in the cache, one on the way and for clocks that differ. */
const lifetimeSeconds = 120

function claimsFor({ verified, environment }: UpstreamRequest, aud: string, iat: number): Omit<IdentityClaims, 'iss'> {
  const { applicationId, platform, realm, subject, scopes, habilitationId } = verified
  return {
    aud,
    iat,
    exp: iat + lifetimeSeconds,
    client_id: applicationId,
    platform,
    environment,
    scope: [...scopes].join(' '),
    ...(realm === undefined ? {} : { realm }),
    ...(subject === undefined ? {} : { sub: subject }),
    ...(habilitationId === undefined ? {} : { habilitation: habilitationId }),
  }
}
