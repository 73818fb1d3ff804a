import { type ProviderCredentials, type RefusalCode, secretNames } from '#contract'

/** The header that proves us to the provider; null when it cannot be had, for a reason that holds no secret. */
export interface ProviderProof {
  headers(): readonly string[] | NoProof | Promise<readonly string[] | NoProof>
  /** The provider refused this one: another is asked for, as often as may be. */
  refused(used: readonly string[]): void
}

/** Whose fault it is, and what of it the log may say. */
export interface NoProof {
  readonly code: RefusalCode
  readonly reason: string
}

export interface ProofNeeds {
  /** A secret by name; null: nobody gave it. */
  readonly secretOf: (name: string) => string | null
  /** Milliseconds of a clock that never jumps. */
  readonly now: () => number
  /** Told where a token that was refused could not be replaced. */
  readonly unreplaced: (failure: NoProof) => void
}

/** Secrets are read at each proof: one that is added later counts, and nothing is sent in place of one that is missing. */
export function providerProof(credentials: ProviderCredentials | null, needs: ProofNeeds): ProviderProof {
  const { secretOf } = needs
  if (credentials === null) return fixed(() => [])
  const prove = <T>(use: (secrets: readonly string[]) => T) => {
    const names = secretNames(credentials)
    const missing = names.filter((name) => !secretOf(name))
    return missing.length > 0 ? unproven(missing) : use(names.map((name) => secretOf(name) ?? ''))
  }
  if (credentials.kind === 'oauth')
    return tokenProof(async () => prove(([id = '', secret = '']) => fetchToken(credentials, { id, secret })), needs)
  if (credentials.kind === 'api-key') return fixed(() => prove(([key = '']) => [credentials.header, key]))
  return fixed(() => prove(([name = '', secret = '']) => ['Authorization', basic(name, secret)]))
}

const unproven = (missing: readonly string[]): NoProof => ({
  code: 'upstream/credentials',
  reason: `PORTIQUE_PROVIDER_SECRETS has no ${missing.map((name) => `"${name}"`).join(' and no ')}`,
})

const fixed = (headers: ProviderProof['headers']): ProviderProof => ({ headers, refused: () => {} })

const basic = (name: string, secret: string): string => `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`

interface Token {
  readonly value: string
  readonly seconds: number
}

/**
 * One token for all calls until shortly before its end; those that wait for it wait for the same one. A token that was refused is replaced,
 * at most once a second. Until then it is used on: the refusal may have been about one call, and must not shut out the others.
 */
function tokenProof(
  fetchOne: () => Promise<Token | NoProof>,
  { now, unreplaced }: Omit<ProofNeeds, 'secretOf'>,
): ProviderProof {
  let last: readonly string[] | null = null
  let until = 0
  let wasRefused = false
  let pausesUntil = Number.NEGATIVE_INFINITY
  let fetching: Promise<readonly string[] | NoProof> | null = null
  const usable = () => (now() < until ? last : null)
  const fetched = async () => {
    try {
      const token = await fetchOne()
      if ('reason' in token) return inPlaceOf(token)
      last = ['Authorization', `Bearer ${token.value}`]
      until = now() + Math.max(1, token.seconds - marginSeconds) * 1000
      wasRefused = false
      return last
    } finally {
      fetching = null
    }
  }
  const inPlaceOf = (failure: NoProof) => {
    const refused = usable()
    if (refused !== null) unreplaced(failure)
    return refused ?? failure
  }
  return {
    headers() {
      const known = usable()
      if (known !== null && !wasRefused) return known
      if (known !== null && (fetching !== null || now() < pausesUntil)) return known
      if (fetching !== null) return fetching
      if (wasRefused) pausesUntil = now() + refusalMilliseconds
      fetching = fetched()
      return fetching
    },
    refused(used) {
      if (used === last) wasRefused = true
    },
  }
}

const marginSeconds = 30
const tokenMilliseconds = 5_000
/** Between two tokens that are asked for because one was refused. */
const refusalMilliseconds = 1_000
const answerMax = 64 * 1024
const secondsUsual = 60
const secondsMax = 86_400

/** Client credentials (RFC 6749 section 4.4). */
async function fetchToken(
  { tokenUrl, scope, authentication }: Extract<ProviderCredentials, { kind: 'oauth' }>,
  { id, secret }: { readonly id: string; readonly secret: string },
): Promise<Token | NoProof> {
  const form = new URLSearchParams({ grant_type: 'client_credentials' })
  if (scope !== null) form.set('scope', scope)
  if (authentication === 'post') {
    form.set('client_id', id)
    form.set('client_secret', secret)
  }
  try {
    const encoded = basic(encodeURIComponent(id), encodeURIComponent(secret))
    const response = await fetch(tokenUrl, {
      method: 'POST',
      redirect: 'error',
      body: form,
      headers: { Accept: 'application/json', ...(authentication === 'basic' ? { Authorization: encoded } : {}) },
      signal: AbortSignal.timeout(tokenMilliseconds),
    })
    const answer = await readJson(response)
    if (response.ok && isToken(answer)) return { value: answer.access_token, seconds: secondsOf(answer.expires_in) }
    return {
      code: codeOf(response.status),
      reason: `no token: the provider's token endpoint answered ${response.status}`,
    }
  } catch (error) {
    if (error instanceof URIError) return unwritable
    const name = error instanceof Error ? error.name : 'fault'
    return { code: codeOfFault(error, name), reason: `no token: ${name} at the provider's token endpoint` }
  }
}

/** The word of `encodeURIComponent` for half a character is `URIError`. */
const unwritable: NoProof = {
  code: 'upstream/credentials',
  reason: 'no token: a secret of PORTIQUE_PROVIDER_SECRETS holds half a character; write it anew',
}

/** One that fails has refused nobody. */
function codeOf(status: number): RefusalCode {
  if (status === 429) return 'upstream/limited'
  if (status >= 500) return 'upstream/unreachable'
  return status >= 400 ? 'upstream/credentials' : 'upstream/unknown'
}

function codeOfFault(error: unknown, name: string): RefusalCode {
  if (name === 'TimeoutError') return 'upstream/late'
  // The word of `fetch` for whatever kept it from an answer; others come of reading one.
  if (name !== 'TypeError') return 'upstream/unknown'
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^(ENOTFOUND|EAI_AGAIN)$/.test(code) ? 'upstream/unresolved' : 'upstream/unreachable'
}

/** Throws on more than a token needs, before it is held. */
async function readJson(response: Response): Promise<unknown> {
  const pieces: Uint8Array[] = []
  let held = 0
  for await (const piece of response.body ?? []) {
    held += piece.length
    if (held > answerMax) throw new RangeError('more than a token')
    pieces.push(piece)
  }
  return JSON.parse(Buffer.concat(pieces).toString())
}

/** A lifetime that is none counts as the usual short one. */
function secondsOf(told: unknown): number {
  const seconds = told === undefined || told === null ? Number.NaN : Number(told)
  return seconds > 0 ? Math.min(seconds, secondsMax) : secondsUsual
}

function isToken(answer: unknown): answer is { access_token: string; expires_in?: unknown } {
  const token = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'access_token') : undefined
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)
}
