/** The parameter of the address that may hold a bearer token (RFC 6750 section 2.3). */
export const queryToken = 'access_token'

/** Whether a query has a parameter of this name, however its letters are written: one that neither stands there nor may be escaped is not there. */
export const holdsParameter = (query: string, name: string): boolean =>
  (query.includes(name) || escapedLetter.test(query)) && new URLSearchParams(query).has(name)

/** `_`, `a` to `z`. */
const escapedLetter = /%(?:5f|6[1-9a-f]|7[0-9a])/i
