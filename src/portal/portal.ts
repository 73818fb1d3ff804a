import { Hono } from 'hono'
import { type Language, Problem } from '#base'
import type { CatalogSnapshot } from '#contract'
import { pageHeaders, stylesheet } from '#theme'
import { HomePage } from './home-page.js'
import { NotFoundPage } from './not-found-page.js'

export interface PortalNeeds {
  readonly snapshot: () => CatalogSnapshot
}

/** The portal as a Hono application: `/`, `/fr`, `/en`, `/assets/portique.css`; anything else is its page for what does not exist. */
export function createPortal({ snapshot }: PortalNeeds): Hono {
  const portal = new Hono()
  portal.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value)
  })
  portal.get('/', (context) => context.redirect(`/${preferred(context.req.header('accept-language'))}`, 303))
  portal.get('/assets/portique.css', (context) =>
    context.body(stylesheet, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    }),
  )
  for (const language of ['fr', 'en'] as const)
    portal.get(`/${language}`, (context) =>
      context.html(`<!doctype html>${HomePage({ language, snapshot: snapshot() })}`),
    )
  portal.notFound((context) => {
    const language = context.req.path.startsWith('/en') ? 'en' : preferred(context.req.header('accept-language'))
    return context.html(`<!doctype html>${NotFoundPage({ language })}`, 404)
  })
  portal.onError((error) => {
    throw error instanceof Problem ? error : new Error('portal', { cause: error })
  })
  return portal
}

/** French unless the browser asks for English first (RFC 9110 section 12.5.4). */
function preferred(acceptLanguage: string | undefined): Language {
  const first = /^\s*(fr|en)\b/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase()
  return first === 'en' ? 'en' : 'fr'
}
