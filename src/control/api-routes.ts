import { Hono } from 'hono'
import { z } from 'zod'
import { settingsFromChoices } from '#catalog'
import { type ApiVersion, formatPath, type Platform, parseSource, tokenTarget } from '#contract'
import type { ControlNeeds } from './control-needs.js'
import { exampleCall } from './example-call.js'
import { quotaRule } from './quota-rule.js'
import { readBody } from './read-body.js'

const actor = 'operator'
const publication = z.strictObject({
  platform: z.string(),
  /** Name by which mistakes are told. */
  file: z.string().max(200).default('openapi.yaml'),
  document: z.string(),
  upstream: z.string(),
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
    return context.json({ id: api.id, ...(await offer(needs, api)) }, 201)
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

/** How to call it: where, with which scopes, and by whom already. */
async function offer({ access, catalog, addresses, demoApplication }: ControlNeeds, api: ApiVersion) {
  const platform = catalog.platforms().get(api.platform)
  const realm = platform?.realms.find((each) => each.name === api.realm)
  const { method, resource } = exampleCall(api)
  const clientId = demoApplication?.(api.platform) ?? null
  if (clientId !== null) await access.subscribe({ applicationId: clientId, api: api.id, actor })
  return {
    scope: api.scopes.production.join(' '),
    tokenUrl:
      platform === undefined || realm === undefined
        ? null
        : `${addresses.authorization}${tokenTarget(platform, realm)}`,
    call: { method, url: `${addresses.gateway}${pathOf(platform, api, resource)}` },
    application: clientId === null ? null : await credentialsOf(access, clientId),
  }
}

const pathOf = (platform: Platform | undefined, api: ApiVersion, resource: string): string =>
  platform === undefined ? resource : formatPath(platform.path, api, { environment: 'production', resource })

async function credentialsOf(access: ControlNeeds['access'], id: string) {
  const { name, credentials } = await access.show(id)
  const secret = credentials.find((each) => each.kind === 'secret' && each.live)
  return { clientId: id, clientSecret: secret?.value ?? null, name }
}
