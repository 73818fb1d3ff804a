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

const newPassword = z.strictObject({ password: z.string() })

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
  const accounts = ({ platform = '', realm = '' }: Record<string, string>) =>
    authorization.accountsOf(`${platform}/${realm}`)
  routes.get('/:platform/:realm/accounts', async (context) =>
    context.json({ accounts: await accounts(context.req.param()).list() }),
  )
  routes.post('/:platform/:realm/accounts/:who/disable', async (context) =>
    context.json(await accounts(context.req.param()).disable(context.req.param('who'))),
  )
  routes.post('/:platform/:realm/accounts/:who/enable', async (context) =>
    context.json(await accounts(context.req.param()).enable(context.req.param('who'))),
  )
  routes.post('/:platform/:realm/accounts/:who/password', async (context) => {
    const { password } = await readBody(context, newPassword)
    return context.json(await accounts(context.req.param()).resetPassword(context.req.param('who'), password))
  })
  routes.post('/:platform/:realm/accounts/:who/end-sessions', async (context) =>
    context.json(await accounts(context.req.param()).endSessions(context.req.param('who'))),
  )
  routes.delete('/:platform/:realm/accounts/:who', async (context) =>
    context.json(await accounts(context.req.param()).remove(context.req.param('who'))),
  )
  return routes
}
