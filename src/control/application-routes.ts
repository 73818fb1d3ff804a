import { Hono } from 'hono'
import { z } from 'zod'
import type { ControlNeeds } from './control-needs.js'
import { quotaRule } from './quota-rule.js'
import { readBody } from './read-body.js'

const actor = 'operator'
const environment = z.enum(['production', 'sandbox'])
const newApplication = z.strictObject({
  platform: z.string(),
  name: z.string(),
  environment: environment.default('production'),
  type: z.enum(['private', 'public']).default('private'),
  redirectUris: z.array(z.string()).default([]),
  eventUrl: z.string().nullable().default(null),
  purpose: z.string().nullable().default(null),
})
const newSubscription = z.strictObject({
  api: z.string(),
  environment: environment.optional(),
  quotas: z.array(quotaRule).optional(),
})
const endedSubscription = z.strictObject({ api: z.string(), environment: environment.optional() })
const rotation = z.strictObject({ overlapSeconds: z.int().min(0).optional() })

/** Applications, their credentials and subscriptions. */
export function applicationRoutes({ access }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.get('/', (context) => context.json(access.list()))
  routes.post('/', async (context) =>
    context.json(await access.createApplication({ ...(await readBody(context, newApplication)), actor }), 201),
  )
  routes.get('/:id', async (context) => context.json(await access.show(context.req.param('id'))))
  routes.post('/:id/subscriptions', async (context) => {
    const { api, environment, quotas } = await readBody(context, newSubscription)
    const applicationId = context.req.param('id')
    const subscription = await access.subscribe({
      applicationId,
      api,
      actor,
      ...(environment === undefined ? {} : { environment }),
      ...(quotas === undefined ? {} : { quotas }),
    })
    return context.json(subscription, subscription.created ? 201 : 200)
  })
  routes.delete('/:id/subscriptions', async (context) => {
    const { api, environment } = await readBody(context, endedSubscription)
    const ended = await access.unsubscribe({
      applicationId: context.req.param('id'),
      api,
      actor,
      ...(environment === undefined ? {} : { environment }),
    })
    return context.json({ ended })
  })
  routes.post('/:id/secrets', async (context) => {
    const { overlapSeconds } = await readBody(context, rotation)
    const applicationId = context.req.param('id')
    return context.json(
      await access.rotateSecret({ applicationId, actor, ...(overlapSeconds === undefined ? {} : { overlapSeconds }) }),
      201,
    )
  })
  routes.delete('/:id/credentials/:credential', async (context) => {
    const { id, credential } = context.req.param()
    await access.revokeSecret({ applicationId: id, credentialId: credential, actor })
    return context.json({ revoked: true })
  })
  routes.post('/:id/api-keys', async (context) =>
    context.json(await access.issueApiKey({ applicationId: context.req.param('id'), actor }), 201),
  )
  routes.post('/:id/suspension', async (context) => {
    await access.suspend({ applicationId: context.req.param('id'), actor })
    return context.json({ state: 'suspended' })
  })
  routes.delete('/:id/suspension', async (context) => {
    await access.resume({ applicationId: context.req.param('id'), actor })
    return context.json({ state: 'active' })
  })
  return routes
}
