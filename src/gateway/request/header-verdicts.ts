/** Whether a request header of this name may reach an upstream. */
export type HeaderVerdict = 'pass' | 'drop' | 'connection'

/**
 * Judges names, each once: callers repeat the same few. Dropped are hop-by-hop fields (RFC 9110 section 7.6.1), credentials, cookies,
 * whatever claims an identity, an address or another method or path, what we write ourselves, and every name with an underscore, which
 * many servers read as a hyphen.
 */
export function createHeaderVerdicts(): (name: string) => HeaderVerdict {
  const known = new Map<string, HeaderVerdict>()
  return (name) => {
    const verdict = known.get(name)
    if (verdict !== undefined) return verdict
    const judged = judge(name.toLowerCase())
    if (known.size < namesMax) known.set(name, judged)
    return judged
  }
}

/** Callers choose the names: memory for them has an end. */
const namesMax = 1_000

const dropped = new Set(
  [
    'keep-alive te trailer transfer-encoding upgrade http2-settings expect host content-length',
    'authorization cookie cookie2 x-api-key api-key apikey keyid x-access-token x-auth-token x-id-token',
    'forwarded x-real-ip x-client-ip client-ip true-client-ip x-cluster-client-ip cf-connecting-ip fastly-client-ip x-host',
    'x-request-id traceparent tracestate via alt-used x-original-url x-rewrite-url x-original-uri x-original-host',
    'x-http-method x-http-method-override x-method-override remote-user remote-addr x-userinfo x-user x-roles x-groups x-subject',
  ].flatMap((line) => line.split(' ')),
)
const droppedFamilies =
  /^(?:proxy-|x-forwarded|x-remote-|x-user-|x-authenticated|x-consumer-|x-credential-|x-client-cert|x-ssl-|x-portique|portique-|x-amzn-oidc-|x-goog-authenticated-|x-ms-client-principal|x-webauth-|x-auth-request-|x-quota-)/

function judge(name: string): HeaderVerdict {
  if (name === 'connection') return 'connection'
  return name.includes('_') || dropped.has(name) || droppedFamilies.test(name) ? 'drop' : 'pass'
}
