import assert from 'node:assert/strict'

/** A page or a redirect, as a browser got it. */
export interface Seen {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Where it leads; null: nowhere. */
  readonly location: URL | null
}

export interface Browser {
  /** Goes there and follows what leads on, on the origins it was made for; stops before another one. */
  go(url: string | URL): Promise<Seen>
  /** Posts to a path, with the hidden fields of the page's form to it, and follows. */
  submit(page: Seen, path: RegExp, fields?: Readonly<Record<string, string>>): Promise<Seen>
  post(url: string | URL, form: Readonly<Record<string, string>>): Promise<Seen>
  readonly cookies: ReadonlyMap<string, string>
  /** The same browser's other tab, with its cookies of now. */
  copy(): Browser
}

interface Cookie {
  readonly value: string
  readonly path: string
}

/** A browser without scripts: cookies with their paths, redirects, forms. */
export const createBrowser = (...origins: readonly string[]): Browser => createBrowserBehind({}, ...origins)

/** The same behind a proxy that adds headers of its own. */
export const createBrowserBehind = (
  proxied: Readonly<Record<string, string>>,
  ...origins: readonly string[]
): Browser => browserWith(new Map(), proxied, origins)

function browserWith(
  jar: Map<string, Cookie>,
  proxied: Readonly<Record<string, string>>,
  origins: readonly string[],
): Browser {
  const keep = (headers: Headers, path: string) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const read = (wanted: string) =>
        attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
      const expires = read('expires')
      if (expires !== undefined && Date.parse(expires) < Date.now()) jar.delete(name)
      else jar.set(name, { value: pair.slice(name.length + 1), path: read('path') ?? path })
    }
  }

  const once = async (url: URL, form?: Readonly<Record<string, string>>): Promise<Seen> => {
    const sent = [...jar].filter(([, { path }]) => url.pathname.startsWith(path))
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: {
        ...proxied,
        accept: 'text/html',
        cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; '),
      },
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    })
    keep(answer.headers, url.pathname)
    const location = answer.headers.get('location')
    return {
      url,
      status: answer.status,
      headers: answer.headers,
      text: await answer.text(),
      location: location === null ? null : new URL(location, url),
    }
  }

  const follow = async (seen: Seen): Promise<Seen> => {
    let now = seen
    for (let steps = 0; now.location !== null && origins.includes(now.location.origin); steps += 1) {
      assert.ok(steps < 10, `${now.location} leads in circles`)
      now = await once(now.location)
    }
    return now
  }

  return {
    cookies: {
      get: (name: string) => jar.get(name)?.value,
    } as ReadonlyMap<string, string>,
    copy: () => browserWith(new Map(jar), proxied, origins),
    go: async (url) => follow(await once(new URL(url))),
    post: async (url, form) => follow(await once(new URL(url), form)),
    async submit(page, path, fields = {}) {
      const forms = [...page.text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
      const form = forms.find(([, action = '']) => path.test(action))
      assert.ok(form, `no form leads to ${path} (${page.status}): ${page.text.slice(0, 2000)}`)
      const hidden = [...(form[2] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      const known = Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]))
      return follow(await once(new URL(form[1] ?? '', page.url), { ...known, ...fields }))
    },
  }
}
