import { createHmac, timingSafeEqual } from 'node:crypto'
import { OAuthRefusal } from '../oauth-refusal.js'
import type { CsrfField } from '../pages/index.js'

const name = 'csrf'

/** Proof that a form was ours and this browser's: a MAC of what only this browser's signed cookie names (ASVS 5.0 V3.5.1). */
export function createFormTokens(key: string) {
  const tokenOf = (subject: string) => createHmac('sha256', key).update(`form:${subject}`).digest('base64url')
  return {
    field: (subject: string): CsrfField => ({ name, value: tokenOf(subject) }),
    /** Throws OAuthRefusal 403. */
    check(subject: string, form: ReadonlyMap<string, string>): void {
      const given = Buffer.from(form.get(name) ?? '')
      const expected = Buffer.from(tokenOf(subject))
      if (given.length === expected.length && timingSafeEqual(given, expected)) return
      const error = { error: 'invalid_request', description: 'this form is not of this browser', status: 403 }
      throw new OAuthRefusal(error, { status: 403 })
    },
  }
}

export type FormTokens = ReturnType<typeof createFormTokens>
