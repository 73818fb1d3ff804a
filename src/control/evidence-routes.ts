import { Hono } from 'hono'
import { z } from 'zod'
import type { ControlNeeds } from './control-needs.js'
import { given } from './given.js'
import { readBody } from './read-body.js'

const actor = 'operator'
/** A name of something: PostgreSQL takes no NUL in a text, and no name holds any other sign that is not seen. */
const named = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'one line of text, not empty')
  .optional()
const filter = z.strictObject({
  application: named,
  token: named,
  person: named,
  recipient: named,
  api: named,
  from: z.int().optional(),
  to: z.int().optional(),
})
const pageRequest = z.strictObject({
  filter: filter.default({}),
  limit: z.int().min(1).max(5_000).default(100),
  after: z.string().max(200).optional(),
})
const personsRequest = z.strictObject({ filter: filter.default({}) })
const identity = z.strictObject({
  values: z.record(z.string(), z.union([z.string(), z.array(z.string()).max(20)])),
})

/** Evidence of calls for personal data. Filters and identities come in bodies: addresses are written down in too many places. */
export function evidenceRoutes({ evidence }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.post('/search', async (context) => {
    const { filter: wanted, limit, after } = await readBody(context, pageRequest)
    return context.json(await evidence.page({ filter: given(wanted), limit, ...given({ after }), actor }))
  })
  routes.post('/persons', async (context) => {
    const { filter: wanted } = await readBody(context, personsRequest)
    return context.json(await evidence.persons({ filter: given(wanted), actor }))
  })
  routes.post('/person', async (context) => {
    const { values } = await readBody(context, identity)
    return context.json({ person: await evidence.personOf(values) })
  })
  return routes
}
