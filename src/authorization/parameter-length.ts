import { OAuthRefusal } from './oauth-refusal.js'

/** One parameter: more than any real one holds. */
const charactersMax = 8000

/** Throws OAuthRefusal for a parameter of an authorization request that is too long, wherever it was sent. */
export function checkLengths(...parameters: readonly ReadonlyMap<string, string>[]): void {
  const tooLong = parameters.some((each) => [...each.values()].some((value) => value.length > charactersMax))
  if (!tooLong) return
  const error = { error: 'invalid_request', description: 'a parameter is too long', status: 400 }
  throw new OAuthRefusal(error, { status: 400 })
}
