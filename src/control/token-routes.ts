import { Hono } from 'hono'
import { z } from 'zod'
import type { ControlNeeds } from './control-needs.js'
import { given } from './given.js'
import { readBody } from './read-body.js'

const actor = 'operator'
const newToken = z.strictObject({
  applicationId: z.string(),
  title: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  rights: z.array(z.string()).optional(),
  habilitationId: z.string().nullable().default(null),
  recipient: z.string().nullable().default(null),
  networks: z.array(z.string()).default([]),
  callsPerMinute: z.number().nullable().default(null),
})
const replacement = z.strictObject({ afterDays: z.number().optional() })
const limits = z.strictObject({
  networks: z.array(z.string()).optional(),
  callsPerMinute: z.number().nullable().optional(),
})
const keyRotation = z.strictObject({ overlapDays: z.number().optional() })

/** Long-lived tokens: their life, and the key that signs what is shown of them. */
export function tokenRoutes({ access: { tokens } }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.get('/', async (context) => {
    const { application: applicationId, platform } = context.req.query()
    return context.json(await tokens.list(given({ applicationId, platform })))
  })
  routes.post('/', async (context) => {
    const { title, scopes, rights, ...rest } = await readBody(context, newToken)
    return context.json(await tokens.create({ ...rest, ...given({ title, scopes, rights }), actor }), 201)
  })
  routes.post('/keys', async (context) => {
    const { overlapDays } = await readBody(context, keyRotation)
    return context.json(await tokens.rotateKey({ ...given({ overlapDays }), actor }), 201)
  })
  routes.get('/:id', async (context) => context.json(await tokens.show(context.req.param('id'))))
  routes.patch('/:id', async (context) => {
    const wanted = await readBody(context, limits)
    return context.json(await tokens.setLimits({ tokenId: context.req.param('id'), ...given(wanted), actor }))
  })
  routes.post('/:id/renewal', async (context) =>
    context.json(await tokens.renew({ tokenId: context.req.param('id'), actor })),
  )
  routes.post('/:id/replacement', async (context) => {
    const { afterDays } = await readBody(context, replacement)
    const tokenId = context.req.param('id')
    return context.json(await tokens.replace({ tokenId, ...given({ afterDays }), actor }), 201)
  })
  routes.delete('/:id', async (context) =>
    context.json({ revoked: await tokens.revoke({ tokenId: context.req.param('id'), actor }) }),
  )
  return routes
}
