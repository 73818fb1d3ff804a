import type { JsonObject, Realm } from '#contract'
import { signInOf } from './scope-meaning.js'

/** Everything that a realm says of a person, under the names that its scopes show. */
export const knownClaims = (realm: Realm, { sub, claims }: { readonly sub: string; readonly claims: JsonObject }) => ({
  ...claims,
  ...Object.fromEntries(signInOf(realm).subjectClaims.map((name) => [name, sub])),
  sub,
})
