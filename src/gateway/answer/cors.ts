import type { CorsProfile } from '#contract'

/** What a call's origin may do, by the API's profile (Fetch standard, "CORS protocol"). */
export interface CorsVerdict {
  readonly allowed: boolean
  /** On every answer to this caller, refusals included: a script must be able to read why. */
  readonly headers: readonly string[]
}

/** `ownOrigin`: a page of the very origin that is called is no stranger. */
export function judgeOrigin(profile: CorsProfile, origin: string | null, host: string): CorsVerdict {
  if (origin === null) return { allowed: true, headers: varies }
  const any = profile.origins.includes('*')
  if (any || profile.origins.includes(origin)) {
    const named = ['Access-Control-Allow-Origin', any ? '*' : origin, 'Access-Control-Expose-Headers', '*']
    return { allowed: true, headers: [...varies, ...named] }
  }
  return { allowed: origin === `https://${host}` || origin === `http://${host}`, headers: varies }
}

/** Headers of the answer to a preflight that was allowed. */
export function preflightHeaders(profile: CorsProfile, verdict: CorsVerdict): string[] {
  return [
    ...verdict.headers,
    'Access-Control-Allow-Methods',
    profile.methods.join(', '),
    'Access-Control-Allow-Headers',
    ['Authorization', ...profile.headers.filter((name) => name.toLowerCase() !== 'authorization')].join(', '),
    'Access-Control-Max-Age',
    String(profile.maxAgeSeconds),
  ]
}

const varies: readonly string[] = ['Vary', 'Origin']
