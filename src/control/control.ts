import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Access } from '#access'
import type { Log } from '#base'
import type { Catalog } from '#catalog'
import type { Store } from '#storage'
import { apiRoutes } from './api-routes.js'
import { applicationRoutes } from './application-routes.js'
import { refuse } from './refuse.js'
import { storeRoutes } from './store-routes.js'

export interface ControlNeeds {
  readonly access: Access
  readonly catalog: Catalog
  readonly store: Store
  readonly log: Log
}

const documentBytesMax = 12 * 1024 * 1024

/** The control API as a Hono application under `/control`. Whoever reaches it may do everything: its listeners see to who that is. */
export function createControl(needs: ControlNeeds): Hono {
  const control = new Hono().basePath('/control')
  control.use(bodyLimit({ maxSize: documentBytesMax, onError: (context) => refuse(context, tooLarge) }))
  control.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
  })
  control.get('/', (context) => context.json({ name: 'portique' }))
  control.route('/apis', apiRoutes(needs))
  control.route('/applications', applicationRoutes(needs))
  control.route('/store', storeRoutes(needs))
  control.notFound((context) => refuse(context, unknownPath))
  control.onError((error, context) => {
    const status = refuse(context, error)
    if (status.status >= 500) needs.log.error('control/fault', { path: context.req.path, reason: String(error) })
    return status
  })
  return control
}
