import type { IncomingMessage } from 'node:http'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { visitorApis } from '#access'
import type { Language } from '#base'
import type { Platform } from '#contract'
import { renderDocument } from '#theme'
import { apiNow } from '../documentation/api-now.js'
import type { DocumentationReader } from '../documentation/documentation-reader.js'
import type { DocumentationNeeds } from '../documentation/documentation-routes.js'
import { exampleApiOf, exampleOf } from './example-of.js'
import { GivenTokenPage } from './given-token-page.js'
import { NoTokenPage } from './no-token-page.js'
import { isSameOrigin } from './same-origin.js'
import { type VisitorRefusal, words } from './words.js'

interface Env {
  Bindings: { readonly incoming: IncomingMessage }
}

const bodyBytesMax = 1024
const statuses = {
  closed: 403,
  'none-here': 404,
  foreign: 403,
  'too-large': 413,
  method: 405,
  'unknown-api': 400,
} as const satisfies Record<VisitorRefusal, number>

/** `/<language>/apis/<platform>/sandbox-token`: a form that gives a token, and a page that shows it once. */
export function visitorRoutes(needs: DocumentationNeeds, documentationOf: DocumentationReader): Hono<Env> {
  const routes = new Hono<Env>()
  for (const language of ['fr', 'en'] as const) {
    const path = `/${language}/apis/:platform/sandbox-token` as const
    const refuse = (context: Context<Env>, why: VisitorRefusal) => noToken(context, language, why)
    routes.use(path, async (context, next) =>
      needs.snapshot().platforms.has(context.req.param('platform')) ? next() : context.notFound(),
    )
    routes.get(path, (context) => context.redirect(`/${language}/apis/${context.req.param('platform')}`, 303))
    routes.post(
      path,
      bodyLimit({ maxSize: bodyBytesMax, onError: (context) => refuse(context, 'too-large') }),
      async (context) => {
        const { platforms, apis } = needs.snapshot()
        const platform = platforms.get(context.req.param('platform'))
        if (platform === undefined) return context.notFound()
        if (!isSameOrigin(senderOf(context))) return refuse(context, 'foreign')
        if (platform.tokens == null) return refuse(context, 'none-here')
        const own = visitorApis(apis.filter((each) => each.platform === platform.id))
        if (needs.visitors === undefined || own.length === 0) return refuse(context, 'closed')
        const wanted = {
          apis: own,
          documentation: await documentationOf(platform),
          name: new URLSearchParams(await context.req.text()).get('api'),
        }
        const api = exampleApiOf(wanted, groundOf(platform, null))
        if (api === null && wanted.name !== null) return refuse(context, 'unknown-api')
        const address = needs.visitors.addressOf(context.env.incoming)
        const answer = await needs.visitors.give({ platform: platform.id, address })
        if (answer.kind === 'closed') return refuse(context, 'closed')
        if (answer.kind === 'wait') {
          const { title, [answer.of]: said } = words[language].wait
          context.header('Retry-After', String(answer.retryAfterSeconds))
          const text = said(answer.limit, answer.retryAfterSeconds)
          return context.html(renderDocument(NoTokenPage({ language, platform: platform.id, title, text })), 429)
        }
        const { token } = answer
        const example = api && exampleOf(apiNow(api, needs.clock), groundOf(platform, token.token))
        return context.html(renderDocument(GivenTokenPage({ language, platform, token, example })))
      },
    )
    routes.all(path, (context) => {
      context.header('Allow', 'GET, HEAD, POST')
      return refuse(context, 'method')
    })
  }
  return routes

  function groundOf(platform: Platform, token: string | null) {
    const { addresses = { authorization: '', gateway: '' } } = needs
    return { platform, addresses, access: token === null ? null : { kind: 'token' as const, token } }
  }
}

const senderOf = ({ req }: Context) => ({
  fetchSite: req.header('sec-fetch-site'),
  origin: req.header('origin'),
  host: req.header('host'),
})

function noToken(context: Context, language: Language, why: VisitorRefusal) {
  const { title, text } = words[language].refused[why]
  const platform = context.req.param('platform') ?? ''
  return context.html(renderDocument(NoTokenPage({ language, platform, title, text })), statuses[why])
}
