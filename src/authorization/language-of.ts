import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '#base'
import { chooseLanguage } from '#theme'

const cookie = 'portique.language'

/** The language of a page: what the address says, what was chosen on a page before, what the application asked for (`ui_locales`), what the browser prefers. */
export function languageOf(
  request: IncomingMessage,
  query: ReadonlyMap<string, string>,
  uiLocales?: unknown,
): Language {
  const wishes = [query.get('lang'), chosenBefore(request), query.get('ui_locales'), uiLocales]
  const wished = wishes.filter((wish) => typeof wish === 'string').map((wish) => wish.slice(0, 200))
  return chooseLanguage(wished.join(' '), request.headers['accept-language'])
}

/** Keeps the language that was chosen by a link for the pages that follow, of every realm. */
export function keepLanguage(response: ServerResponse, query: ReadonlyMap<string, string>, secure: boolean): void {
  const chosen = query.get('lang')
  if (chosen !== 'fr' && chosen !== 'en') return
  response.appendHeader('Set-Cookie', `${cookie}=${chosen}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`)
}

/** The address of this request in the other language; undefined where a GET does not bring the page back. */
export function otherLanguageHref(request: IncomingMessage, language: Language): string | undefined {
  const asked = askedFor.get(request)
  if (asked === undefined) return undefined
  const [path = '', ...rest] = asked.split('?')
  const kept = rest
    .join('?')
    .split('&')
    .filter((pair) => pair !== '' && !/^lang(?:=|$)/.test(pair))
  return `${path}?${[...kept, `lang=${language === 'fr' ? 'en' : 'fr'}`].join('&')}`
}

/** Notes the address before the request is made the library's. */
export function noteAddress(request: IncomingMessage): void {
  if (request.method === 'GET' && /^\/(?!\/)/.test(request.url ?? '')) askedFor.set(request, request.url ?? '')
}

const askedFor = new WeakMap<IncomingMessage, string>()

function chosenBefore({ headers }: IncomingMessage): string | undefined {
  const pair = (headers.cookie ?? '').split('; ').find((each) => each.startsWith(`${cookie}=`))
  return pair?.slice(cookie.length + 1)
}
