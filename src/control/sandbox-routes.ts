import { Hono } from 'hono'
import { z } from 'zod'
import type { ControlNeeds } from './control-needs.js'
import { readBody } from './read-body.js'

const actor = 'operator'
const json = z.string().refine((text) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}, 'not JSON')
const importShape = z.strictObject({
  platform: z.string(),
  application: z.string().min(1).nullable().default(null),
  cases: z
    .array(
      z.strictObject({
        file: z.string().min(1).max(500),
        folder: z.string().min(1).max(200),
        title: z.string().max(200),
        params: z.record(z.string(), z.json()),
        status: z.int().min(200).max(599),
        payload: json.nullable(),
      }),
    )
    .max(5_000),
})

/** Cases of the sandbox: import, for all or for one application. */
export function sandboxRoutes({ access, cases }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.post('/cases', async (context) => {
    const { platform, application, cases: given } = await readBody(context, importShape)
    // Refuses an application that is not there.
    if (application !== null) await access.show(application)
    return context.json(await cases.import({ platform, applicationId: application, cases: given, actor }), 201)
  })
  return routes
}
