import type { Persona, Verified } from '#contract'
import { createPersonTokens, type PersonTokens, type PersonTokensOptions } from './person-tokens.js'

/** The test people of one platform. */
export interface People extends PersonTokens {
  readonly all: readonly Persona[]
  /** The person in whose name a token was issued; null: it has none, or one that is nobody of this realm. */
  subject(verified: Verified, realm: string): Persona | null
}

export function createPeople(options: PersonTokensOptions): People {
  const { personas } = options
  const bySubject = new Map(personas.map((persona) => [`${persona.realm}|${persona.sub}`, persona]))
  return {
    all: personas,
    subject({ subject, realm }, own) {
      if (subject === undefined || (realm !== undefined && realm !== own)) return null
      return bySubject.get(`${own}|${subject}`) ?? null
    },
    ...createPersonTokens(options),
  }
}

/** Of a platform without personas. */
export const nobody: People = createPeople({
  platform: '',
  personas: [],
  clock: () => 0,
  tokenKey: new Uint8Array(32),
})
