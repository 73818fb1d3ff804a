import assert from 'node:assert/strict'
import { byHost } from './by-host.js'

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
  /** Every `Set-Cookie` so far. */
  readonly cookieLines: readonly string[]
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly path: string
}

/** How a browser reaches an address. */
type Send = (
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly form?: Readonly<Record<string, string>> },
) => Promise<Pick<Seen, 'status' | 'headers' | 'text'>>

/** A browser without scripts: cookies with their paths, redirects, forms. */
export const createBrowser = (...origins: readonly string[]): Browser => createBrowserBehind({}, ...origins)

/** The same behind a proxy that adds headers of its own. */
export const createBrowserBehind = (proxied: Readonly<Record<string, string>>, ...origins: readonly string[]) =>
  browserBy(
    async (url, { headers, form }) => {
      const posted = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
      const answer = await fetch(url, { redirect: 'manual', headers: { ...proxied, ...headers }, ...posted })
      return { status: answer.status, headers: answer.headers, text: await answer.text() }
    },
    ({ origin }) => origins.includes(origin),
  )

/** A browser to which names are mapped: `portOf` is the port of this machine that stands for a host; undefined: it does not go there. */
export const createBrowserOfNames = (portOf: (host: string) => number | undefined): Browser =>
  browserBy(
    async ({ host, pathname, search }, { headers: { cookie = '' }, form }) => {
      const more = form === undefined ? {} : { form }
      const answer = await byHost(portOf(host) ?? 0, host, { path: `${pathname}${search}`, cookie, ...more })
      const lines = Object.entries(answer.headers).flatMap(([name, value = '']) =>
        [value].flat().map((each): [string, string] => [name, each]),
      )
      return { status: answer.status, headers: new Headers(lines), text: answer.body }
    },
    ({ host }) => portOf(host) !== undefined,
  )

function browserBy(send: Send, follows: (url: URL) => boolean, jar = new Map<string, Cookie>()): Browser {
  const cookieLines: string[] = []

  const keep = (headers: Headers, { hostname: host, pathname }: URL) => {
    for (const line of headers.getSetCookie()) {
      cookieLines.push(line)
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const read = (wanted: string) =>
        attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
      const expires = read('expires')
      const key = `${host} ${name}`
      if (expires !== undefined && Date.parse(expires) < Date.now()) jar.delete(key)
      else jar.set(key, { name, host, value: pair.slice(name.length + 1), path: read('path') ?? pathname })
    }
  }

  const once = async (url: URL, form?: Readonly<Record<string, string>>): Promise<Seen> => {
    const sent = [...jar.values()].filter(({ host, path }) => host === url.hostname && url.pathname.startsWith(path))
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ')
    const answer = await send(url, { headers: { accept: 'text/html', cookie }, ...(form !== undefined && { form }) })
    keep(answer.headers, url)
    const location = answer.headers.get('location')
    return { url, ...answer, location: location === null ? null : new URL(location, url) }
  }

  const follow = async (seen: Seen): Promise<Seen> => {
    let now = seen
    for (let steps = 0; now.location !== null && follows(now.location); steps += 1) {
      assert.ok(steps < 10, `${now.location} leads in circles`)
      now = await once(now.location)
    }
    return now
  }

  return {
    cookieLines,
    cookies: {
      get: (name: string) => [...jar.values()].findLast((cookie) => cookie.name === name)?.value,
    } as ReadonlyMap<string, string>,
    copy: () => browserBy(send, follows, new Map(jar)),
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
