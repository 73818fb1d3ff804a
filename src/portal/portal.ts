import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { Problem } from '#base'
import type { CatalogSnapshot } from '#contract'
import { assets, chooseLanguage, pageHeaders, renderDocument } from '#theme'
import { createDocumentationReader } from './documentation/documentation-reader.js'
import { type DocumentationNeeds, documentationRoutes } from './documentation/documentation-routes.js'
import { guideRoutes } from './guides/guide-routes.js'
import { HomePage } from './home-page.js'
import { LostPage } from './lost-page.js'
import { isRefusalCode, ProblemPage } from './problem-page.js'
import { visitorRoutes } from './visitor/visitor-routes.js'

export interface PortalNeeds extends DocumentationNeeds {
  readonly snapshot: () => CatalogSnapshot
}

/** The portal as a Hono application: `/`, `/fr`, `/en`, `/fr/apis/**`, `/en/apis/**`, `/fr/guides/**`, `/en/guides/**`, `/openapi/**`, `/problems/**`, `/assets/**`; anything else is its page for what does not exist. */
export function createPortal(needs: PortalNeeds): Hono {
  const { snapshot } = needs
  const documentationOf = createDocumentationReader()
  const portal = new Hono()
  portal.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(pageHeaders()))
      if (!context.res.headers.has(name)) context.header(name, value)
  })
  // Nothing that a caller writes stands in a page beside a secret, so that its length gives nothing away (BREACH).
  portal.use(compress({ encoding: 'gzip' }))
  portal.use((context, next) => {
    if (new URL(context.req.url).search.length <= queryCharactersMax) return next()
    const language = languageOf(context.req.path) ?? preferred(context)
    return Promise.resolve(context.html(renderDocument(LostPage({ language, why: 'tooLong' })), 414))
  })
  portal.get('/', (context) => context.redirect(`/${preferred(context)}`, 303))
  for (const [path, { contentType, body }] of assets)
    portal.get(path, (context) =>
      context.body(body, 200, { 'Content-Type': contentType, 'Cache-Control': 'public, max-age=3600' }),
    )
  for (const language of ['fr', 'en'] as const)
    portal.get(`/${language}`, async (context) => {
      const { platforms, apis } = snapshot()
      const shown = [...platforms.values()].map(async (platform) => ({
        platform,
        apis: apis.filter((api) => api.platform === platform.id),
        documentation: await documentationOf(platform),
      }))
      return context.html(
        renderDocument(HomePage({ language, platforms: await Promise.all(shown), guides: needs.guides !== undefined })),
      )
    })
  if (needs.guides !== undefined) portal.route('/', guideRoutes(needs.guides))
  portal.route('/', visitorRoutes(needs, documentationOf))
  portal.route('/', documentationRoutes(needs, documentationOf))
  portal.get('/problems/:room/:what', (context, next) => {
    const code = `${context.req.param('room')}/${context.req.param('what')}`
    if (!isRefusalCode(code)) return next()
    const language = chooseLanguage(context.req.query('language'), context.req.header('accept-language'))
    return context.html(renderDocument(ProblemPage({ language, code })))
  })
  portal.notFound((context) => {
    const language = languageOf(context.req.path) ?? preferred(context)
    return context.html(renderDocument(LostPage({ language, why: 'notFound' })), 404)
  })
  portal.onError((error) => {
    throw error instanceof Problem ? error : new Error('portal', { cause: error })
  })
  return portal
}

/** Every field of an API chosen on its page: the longest that a page of ours asks for is far below. */
const queryCharactersMax = 4096

/** The language that a path begins with. */
function languageOf(path: string) {
  const [, first] = path.split('/')
  return first === 'fr' || first === 'en' ? first : null
}

function preferred(context: Context) {
  return chooseLanguage(undefined, context.req.header('accept-language'))
}
