import { type Credential, type Dialect, holdsParameter, queryToken } from '#contract'

/** Takes out the headers that hold this text: a platform may read its key from a header of any name, and a caller may repeat its token in one. */
export function dropHolding(headers: string[], text: string): void {
  for (let index = headers.length - 2; index >= 0; index -= 2)
    if (headers[index + 1]?.includes(text) === true) headers.splice(index, 2)
}

interface Presented {
  readonly credential: Credential | null
  readonly dialect: Pick<Dialect, 'tokenParameter'>
}

/**
 * The address without the parameters that are for a token, one beside a better credential being no less a token, or that hold the
 * credential; the others stay byte for byte.
 */
export function withoutTokens(target: string, { credential, dialect }: Presented): string {
  const mark = target.indexOf('?')
  if (mark < 0) return target
  const query = target.slice(mark + 1)
  const value = credential?.value ?? ''
  const own = dialect.tokenParameter ?? queryToken
  const holds = (text: string) =>
    holdsParameter(text, queryToken) || holdsParameter(text, own) || holdsText(text, value)
  if (!holds(query)) return target
  const kept = query.split('&').filter((pair) => !holds(pair))
  return kept.length === 0 ? target.slice(0, mark) : `${target.slice(0, mark)}?${kept.join('&')}`
}

/** As it stands, or with signs of a token written as escapes (RFC 6750 section 2.1 names them). */
const holdsText = (query: string, text: string): boolean =>
  text !== '' && (query.includes(text) || (escapedSign.test(query) && decodeURIComponent(query).includes(text)))

const escapedSign = /%(?:[4-7][0-9a-f]|3[0-9d]|2[bdef])/i
