import { Hono } from 'hono'
import { z } from 'zod'
import { choicesSent } from '#catalog'
import { parseSource } from '#contract'
import type { ControlNeeds } from './control-needs.js'
import { quotaRule } from './quota-rule.js'
import { readBody } from './read-body.js'
import { waysToCall } from './ways-to-call.js'

const actor = 'operator'
const publication = z.strictObject({
  platform: z.string(),
  /** Name by which mistakes are told. */
  file: z.string().max(200).default('openapi.yaml'),
  document: z.string(),
  /** One address, or several. */
  upstream: z.union([z.string(), z.array(z.string()).min(1).max(20)]),
  adapter: z.strictObject({ file: z.string().max(200).default('adapter.yaml'), text: z.string() }).optional(),
  realm: z.string().optional(),
  code: z.string().optional(),
  version: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  quotas: z.array(quotaRule).optional(),
  personalData: z.boolean().default(false),
  replace: z.boolean().default(false),
})

/** What is on the air: publish, list, withdraw. */
export function apiRoutes(needs: ControlNeeds): Hono {
  const { catalog } = needs
  const routes = new Hono()
  routes.get('/', (context) => context.json(catalog.list()))
  routes.post('/', async (context) => {
    const { platform, file, document, upstream, adapter, replace, ...choices } = await readBody(context, publication)
    const settings = choicesSent(parsed(document), { ...choices, upstreams: [upstream].flat() })
    const sent = { document: { file, text: document }, settings }
    const api = await catalog.publish({ platform, ...sent, adapter: adapter ?? null, replace, actor })
    return context.json({ id: api.id, ways: await waysToCall(needs, api) }, 201)
  })
  routes.delete('/:platform/:code/:version', async (context) => {
    const { platform, code, version } = context.req.param()
    await catalog.withdraw({ id: `${platform}/${code}/${version}`, actor })
    return context.json({ withdrawn: true })
  })
  return routes
}

/** For the title and version alone; the catalogue reads the document itself and tells what is wrong with it. */
const parsed = (document: string): unknown => parseSource('document', document).value ?? null
