import { importJWK, SignJWT } from 'jose'
import type { RealmKeys } from '../realm-keys.js'

export interface Withdrawal {
  readonly accountId: string
  readonly clientId: string
}

export interface NoticeSigner {
  readonly issuer: string
  readonly keys: () => Promise<RealmKeys>
}

/** A withdrawal as a Security Event Token (RFC 8417): the same words at each try. */
export async function signNotice(
  { issuer, keys }: NoticeSigner,
  { accountId, clientId, jti, at }: Withdrawal & { readonly jti: string; readonly at: number },
): Promise<string> {
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
    .setIssuedAt(Math.floor(at / 1000))
    .setJti(jti)
    .sign(await importJWK(jwk))
}
