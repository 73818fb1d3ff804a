import { Hono } from 'hono'
import { z } from 'zod'
import { settingsFromChoices } from '#catalog'
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
  upstream: z.string(),
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
    const { platform, file, document, replace, ...choices } = await readBody(context, publication)
    const settings = { file: 'the options given', value: settingsFromChoices(parsed(document), choices) }
    const api = await catalog.publish({ platform, document: { file, text: document }, settings, replace, actor })
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
