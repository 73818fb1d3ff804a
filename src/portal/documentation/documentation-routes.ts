import { Hono } from 'hono'
import { visitorApis } from '#access'
import type { Clock } from '#base'
import type { ApiVersion, CatalogSnapshot, SandboxCase } from '#contract'
import { renderDocument } from '#theme'
import type { Visitors } from '../visitor/visitors.js'
import { apiNow } from './api-now.js'
import { ApiPage } from './api-page.js'
import type { DocumentationReader } from './documentation-reader.js'
import type { SandboxAccess } from './example-token.js'
import { PlatformPage } from './platform-page.js'

export interface DocumentationNeeds {
  readonly snapshot: () => CatalogSnapshot
  /** For months that move with the calendar; absent: they stand as they are written. */
  readonly clock?: Clock
  /** Public origins, for the commands that pages show. */
  readonly addresses?: { readonly authorization: string; readonly gateway: string }
  /** What lets anyone call the sandbox of a platform, where this process gives it away. */
  readonly sandboxAccess?: (platform: string) => SandboxAccess | null
  /** Cases of an API that are kept beside its folder's and shared by all. */
  readonly sharedCases?: (api: string) => readonly SandboxCase[]
  /** Folder of the guides; absent: none are shown. */
  readonly guides?: string
  /** How visitors get tokens of the sandbox; absent: the operator hands them out. */
  readonly visitors?: Visitors
  /** The OpenAPI document of an API as it was written. */
  readonly contract?: (api: string) => Promise<{ readonly type: string; readonly text: string }>
}

/** Over plain http a form's `Origin` is all that tells whose page sent it, and a page without a referrer sends `null`. Other sites are told nothing still. */
const ownReferrer = ['Referrer-Policy', 'same-origin'] as const

/** `/<language>/apis/<platform>`, `/<language>/apis/<platform>/<code>/<version>` and `/openapi/<platform>/<code>/<version>`. */
export function documentationRoutes(needs: DocumentationNeeds, documentationOf: DocumentationReader): Hono {
  const { snapshot, addresses = { authorization: '', gateway: '' } } = needs
  const guides = needs.guides !== undefined
  const routes = new Hono()
  for (const language of ['fr', 'en'] as const) {
    routes.get(`/${language}/apis/:platform`, async (context, next) => {
      const { platforms, apis } = snapshot()
      const platform = platforms.get(context.req.param('platform'))
      if (platform === undefined) return next()
      const documentation = await documentationOf(platform)
      const own = apis.filter((api) => api.platform === platform.id)
      const visitors = openedBy(own).length > 0
      if (visitors) context.header(...ownReferrer)
      return context.html(
        renderDocument(PlatformPage({ language, platform, apis: own, documentation, guides, visitors })),
      )
    })
    routes.get(`/${language}/apis/:platform/:code/:version`, async (context, next) => {
      const { platform: id, code, version } = context.req.param()
      const { platforms, apis } = snapshot()
      const platform = platforms.get(id)
      const found = apis.find((each) => each.platform === id && each.code === code && each.version === version)
      if (platform === undefined || found === undefined) return next()
      const api = apiNow(found, needs.clock)
      const { subjects } = await documentationOf(platform)
      const notes = subjects.filter((each) => each.apis.includes(`${code}/${version}`)).flatMap((each) => each.notes)
      const cases = [...(needs.sharedCases?.(api.id) ?? []), ...(api.cases ?? [])]
      const asked = context.req.query('chosen') === undefined ? (api.dataScopes ?? []) : context.req.queries('scope')
      const chosen = new Set(asked)
      const visitors = openedBy(apis.filter((each) => each.platform === id)).includes(found)
      if (visitors) context.header(...ownReferrer)
      const ground = { platform, addresses, access: needs.sandboxAccess?.(id) ?? null }
      const page = { language, platform, api, notes, cases, ground, chosen, guides, visitors }
      return context.html(renderDocument(ApiPage(page)))
    })
  }
  routes.get('/openapi/:platform/:code/:version', async (context, next) => {
    const { platform, code, version } = context.req.param()
    const api = snapshot().apis.find((each) => each.id === `${platform}/${code}/${version}`)
    if (api === undefined || needs.contract === undefined) return next()
    const { type, text } = await needs.contract(api.id)
    return context.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` })
  })
  return routes

  /** What a visitor's token opens here. */
  function openedBy(own: readonly ApiVersion[]): readonly ApiVersion[] {
    return needs.visitors === undefined ? [] : visitorApis(own)
  }
}
