import { type Answer, type Dialect, type Refusal, type RefusalCode, refusals } from '#contract'

/** What the front refuses at an address of this room: an OAuth error in the platform's form (RFC 6749 section 5.2), with the status that HTTP has for it. */
export function frontRefusal({ code, status, detail }: Refusal, { tokenErrors }: Pick<Dialect, 'tokenErrors'>): Answer {
  const { title } = refusals[Object.hasOwn(refusals, code) ? (code as RefusalCode) : 'gateway/fault']
  const description = typeof detail?.header === 'string' ? `${title.en}: ${detail.header}` : title.en
  const error = status === 500 ? 'server_error' : 'invalid_request'
  return { ...tokenErrors({ error, description, status }), status }
}
