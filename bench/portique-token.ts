export type Credentials = { readonly clientId: string; readonly clientSecret: string }

/** Asks for a token by client credentials and gives the value of the Authorization header that carries it. */
export async function askToken(url: string, credentials: Credentials, scope: string): Promise<string> {
  const { clientId, clientSecret } = credentials
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope }
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  const text = await answer.text()
  const token: unknown = answer.ok ? JSON.parse(text).access_token : undefined
  if (typeof token !== 'string') throw new Error(`no token for ${scope} at ${url}: ${answer.status} ${text}`)
  return `Bearer ${token}`
}
