import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { z } from 'zod'
import { type Clock, Problem, randomIdentifiers } from '#base'
import { keptSecret, type Store, type Vault } from '#storage'

export type SigningAlgorithm = 'RS256' | 'ES256'
/** Makes a private signing key. */
export type MakeKey = (algorithm: SigningAlgorithm) => Promise<JWK>

/** A signing key with its life; milliseconds since the epoch. */
interface LivingKey {
  readonly jwk: JWK
  /** Signs from then on. */
  readonly from: number
  /** Published until then; null: no end is set. */
  readonly until: number | null
}

/** What is in force at one moment. */
export interface RealmKeys {
  /** Published keys, the signing one first. */
  readonly keys: readonly JWK[]
  /** When these will be others. */
  readonly until: number
}

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  readonly makeKey?: MakeKey
}

const secretName = (realm: string) => `realm-keys:${realm}`

/** The realm's signing keys: made at its first start, sealed in the store, the same from then on and on every node. */
export async function realmKeys(needs: Needs, realm: string, algorithm: SigningAlgorithm): Promise<RealmKeys> {
  const keys = await read(needs, realm, algorithm)
  const now = needs.clock()
  const published = keys.filter(({ until }) => until === null || now < until)
  const signing = published.filter(({ from }) => from <= now).sort((a, b) => b.from - a.from)[0] ?? published[0]
  const changes = published.flatMap(({ from, until }) => [from, until ?? Number.POSITIVE_INFINITY])
  return {
    keys: [...new Set([signing, ...published])].flatMap((key) => (key === undefined ? [] : [key.jwk])),
    until: Math.min(...changes.filter((at) => at > now), Number.POSITIVE_INFINITY),
  }
}

/**
 * New keys are published this long before they sign (OpenID Connect Core section 10.1.1): applications keep the keys that they fetched for some
 * minutes, and many fetch no others sooner than that although they meet an unknown one.
 */
const leadMilliseconds = 600_000

/** A new key beside the one that signs, which stays published for `overlapSeconds`. Every node is told. */
export async function rotateRealmKeys(
  needs: Needs,
  { realm, algorithm, overlapSeconds }: { realm: string; algorithm: SigningAlgorithm; overlapSeconds: number },
): Promise<{ readonly kid: string; readonly signsFrom: number; readonly previousUntil: number }> {
  const { clock, makeKey = makeSigningKey } = needs
  const before = await read(needs, realm, algorithm)
  const signsFrom = clock() + leadMilliseconds
  const previousUntil = signsFrom + overlapSeconds * 1000
  const jwk = await makeKey(algorithm)
  const { kid = '' } = jwk
  const after: readonly LivingKey[] = [
    ...before
      .filter(({ until }) => until === null || clock() < until)
      .map((key) => ({ ...key, until: Math.min(key.until ?? previousUntil, previousUntil) })),
    { jwk, from: signsFrom, until: null },
  ]
  await write(needs, realm, { keys: after, action: 'keys-rotated', detail: { kid, signsFrom, previousUntil } })
  return { kid, signsFrom, previousUntil }
}

/**
 * Takes a key away at once: what it signed verifies no more. Where no other is to sign from then on, a new one is made; the one that signs
 * next does so at once. Every node is told. Rejects with a Problem `authorization/unknown-key`.
 */
export async function dropRealmKey(
  needs: Needs,
  { realm, algorithm, kid }: { realm: string; algorithm: SigningAlgorithm; kid: string },
): Promise<{ readonly signingKid: string }> {
  const { clock, makeKey = makeSigningKey } = needs
  const now = clock()
  const before = (await read(needs, realm, algorithm)).filter(({ until }) => until === null || now < until)
  const others = before.filter(({ jwk }) => jwk.kid !== kid)
  if (others.length === before.length) throw unknownKey(before.map(({ jwk }) => jwk.kid ?? ''))
  const next = others.find(({ until }) => until === null)
  const signing = { jwk: next?.jwk ?? (await makeKey(algorithm)), from: Math.min(next?.from ?? now, now), until: null }
  const { kid: signingKid = '' } = signing.jwk
  const keys = [...others.filter((each) => each !== next), signing]
  await write(needs, realm, { keys, action: 'key-dropped', detail: { kid, signingKid } })
  return { signingKid }
}

interface Change {
  readonly keys: readonly LivingKey[]
  readonly action: 'keys-rotated' | 'key-dropped'
  readonly detail: Readonly<Record<string, string | number>>
}

/** With its entry in the audit. Of two changes at once the second finds its version taken, and fails whole. */
async function write({ store, vault, clock }: Needs, realm: string, { keys, action, detail }: Change): Promise<void> {
  const name = secretName(realm)
  await store.transaction(async (transaction) => {
    const { version } = await transaction
      .selectFrom('secret')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    await transaction
      .insertInto('secret')
      .values({
        name,
        version: Number(version) + 1,
        value_sealed: vault.seal(JSON.stringify({ keys }), name),
        created_at: clock(),
        retired_at: null,
      })
      .execute()
    await transaction
      .insertInto('audit')
      .values({
        id: randomIdentifiers.id('aud'),
        at: clock(),
        actor: 'operator',
        action: `authorization.${action}`,
        object: `realm:${realm}`,
        detail: JSON.stringify({ realm, ...detail }),
      })
      .execute()
    await store.feed.publish(transaction, { topic: 'realm', key: realm })
  })
}

const unknownKey = (kids: readonly string[]) =>
  new Problem({
    code: 'authorization/unknown-key',
    status: 404,
    text: {
      fr: `Aucune clé publiée n’a ce nom. Il y a : ${kids.join(', ')}.`,
      en: `No published key has this name. There are: ${kids.join(', ')}.`,
    },
  })

async function read(
  { store, vault, clock, makeKey = makeSigningKey }: Needs,
  realm: string,
  algorithm: SigningAlgorithm,
) {
  const make = async () => JSON.stringify({ keys: [{ jwk: await makeKey(algorithm), from: 0, until: null }] })
  const text = await keptSecret({ store, vault, name: secretName(realm), now: clock(), make })
  return keptShape
    .parse(JSON.parse(text))
    .keys.map((key): LivingKey => (isLiving(key) ? key : { jwk: key, from: 0, until: null }))
}

const isLiving = (key: LivingKey | JWK): key is LivingKey => 'jwk' in key

const jwkShape = z.looseObject({ kty: z.string() })
/** Before keys had a life they were kept bare. */
const keptShape = z.object({
  keys: z.array(z.union([z.object({ jwk: jwkShape, from: z.number(), until: z.number().nullable() }), jwkShape])),
}) as z.ZodType<{ readonly keys: readonly (LivingKey | JWK)[] }>

/** P-256 is quick to make (ASVS 5.0 V11.2, RGS B1); RSA of 3072 bits is what OpenID Connect clients expect without being told. */
export const makeSigningKey: MakeKey = async (algorithm) => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 3072 })
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey))
  // Given to a command, such a name would be an option; one key in 64 has it.
  if (kid.startsWith('-')) return makeSigningKey(algorithm)
  return { ...(await exportJWK(privateKey)), kid, alg: algorithm, use: 'sig' }
}
