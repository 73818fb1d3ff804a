import { createHash, randomBytes } from 'node:crypto'

export interface SigningIn {
  /** Issuer of the realm. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly persona: string
  readonly scopes: readonly string[]
}

/** The access token that an application gets when a test person signs in to it and agrees: the code flow with PKCE, as a browser without scripts walks it. */
export async function personToken(wanted: SigningIn): Promise<string> {
  const { issuer, clientId, clientSecret, redirectUri, persona, scopes } = wanted
  const addresses = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as {
    readonly authorization_endpoint: string
    readonly token_endpoint: string
  }
  const verifier = randomBytes(32).toString('base64url')
  const asked = new URL(addresses.authorization_endpoint)
  asked.search = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state: 'parity' },
    ...{ scope: ['openid', ...scopes].join(' '), code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }).toString()
  const walk = createWalk(redirectUri)
  let page = await walk(asked)
  if (/name="persona"/.test(page.text)) page = await walk(...formOf(page, 'persona', { persona }))
  if (/\/decision"/.test(page.text)) page = await walk(...formOf(page, 'decision', { decision: 'accept' }))
  const code = page.url.searchParams.get('code')
  if (code === null) throw new Error(`"${persona}" did not sign in: ${page.status} at ${page.url.pathname}`)
  const answer = await fetch(addresses.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
      ...{ client_id: clientId, client_secret: clientSecret },
    }),
  })
  const granted = (await answer.json()) as { readonly access_token?: string; readonly error?: string }
  if (granted.access_token === undefined) throw new Error(`"${persona}" got no token: ${granted.error}`)
  return granted.access_token
}

interface Page {
  readonly url: URL
  readonly status: number
  readonly text: string
}

/** Follows redirects with its cookies, as far as the application's own address. */
function createWalk(end: string) {
  const jar = new Map<string, string>()
  return async (start: URL, form?: Readonly<Record<string, string>>): Promise<Page> => {
    let [url, body] = [start, form]
    for (let steps = 0; steps < 10; steps += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const posted = body === undefined ? {} : { method: 'POST', body: new URLSearchParams(body) }
      const answer = await fetch(url, { redirect: 'manual', headers: { accept: 'text/html', cookie }, ...posted })
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/s)
        jar.set(name, value)
      }
      const [location, text] = [answer.headers.get('location'), await answer.text()]
      if (location === null) return { url, status: answer.status, text }
      url = new URL(location, url)
      body = undefined
      if (url.href.startsWith(end)) return { url, status: answer.status, text }
    }
    throw new Error(`${start.pathname} leads in circles`)
  }
}

/** Where a form of the page leads, and what it sends. */
function formOf({ url, text }: Page, name: string, fields: Readonly<Record<string, string>>) {
  const forms = [...text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
  const [, action = '', inner = ''] = forms.find(([, to = '']) => to.endsWith(`/${name}`)) ?? []
  const hidden = [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const known = Object.fromEntries(hidden.map(([, field = '', value = '']) => [field, value]))
  return [new URL(action, url), { ...known, ...fields }] as const
}
