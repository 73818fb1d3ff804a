import { isAbsolute } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { exportStore } from '#storage'
import type { ControlNeeds } from './control-needs.js'
import { readBody } from './read-body.js'

const destination = z.strictObject({
  path: z.string().refine(isAbsolute, 'an absolute path on the machine of the process'),
})

/** Copies of the store while it runs. */
export function storeRoutes({ store }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.post('/backup', async (context) => {
    const { path } = await readBody(context, destination)
    await store.backup(path)
    return context.json({ path })
  })
  routes.post('/export', async (context) => {
    const { path } = await readBody(context, destination)
    await exportStore(store, path)
    return context.json({ path })
  })
  return routes
}
