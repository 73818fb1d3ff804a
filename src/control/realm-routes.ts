import { Hono } from 'hono'
import { z } from 'zod'
import type { ControlNeeds } from './control-needs.js'
import { readBody } from './read-body.js'

const rotation = z.strictObject({ overlapSeconds: z.int().min(0).optional() })
const newAccount = z.strictObject({
  identifier: z.string(),
  password: z.string(),
  name: z.string().min(1).max(200),
  claims: z.record(z.string(), z.json()).default({}),
})

/** Realms where people sign in: their keys, and the accounts they keep themselves. */
export function realmRoutes({ authorization }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.post('/:platform/:realm/keys', async (context) => {
    const { overlapSeconds } = await readBody(context, rotation)
    const { platform, realm } = context.req.param()
    const wanted = { realm: `${platform}/${realm}`, ...(overlapSeconds === undefined ? {} : { overlapSeconds }) }
    return context.json(await authorization.rotateKeys(wanted), 201)
  })
  routes.delete('/:platform/:realm/keys/:kid', async (context) => {
    const { platform, realm, kid } = context.req.param()
    return context.json(await authorization.dropKey({ realm: `${platform}/${realm}`, kid }))
  })
  routes.post('/:platform/:realm/accounts', async (context) => {
    const account = await readBody(context, newAccount)
    const { platform, realm } = context.req.param()
    return context.json(await authorization.createAccount({ realm: `${platform}/${realm}`, ...account }), 201)
  })
  return routes
}
