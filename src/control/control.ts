import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '#base'
import { apiRoutes } from './api-routes.js'
import { applicationRoutes } from './application-routes.js'
import type { ControlNeeds } from './control-needs.js'
import { evidenceRoutes } from './evidence-routes.js'
import { realmRoutes } from './realm-routes.js'
import { refuse } from './refuse.js'
import { sandboxRoutes } from './sandbox-routes.js'
import { storeRoutes } from './store-routes.js'
import { tokenRoutes } from './token-routes.js'

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
  control.route('/evidence', evidenceRoutes(needs))
  control.route('/realms', realmRoutes(needs))
  control.route('/sandbox', sandboxRoutes(needs))
  control.route('/store', storeRoutes(needs))
  control.route('/tokens', tokenRoutes(needs))
  control.notFound((context) => refuse(context, unknownPath))
  control.onError((error, context) => {
    const answer = refuse(context, error)
    if (answer.status >= 500) needs.log.error('control/fault', { method: context.req.method, reason: String(error) })
    return answer
  })
  return control
}

const tooLarge = new Problem({
  code: 'control/too-large',
  status: 413,
  text: { fr: 'Corps de plus de 12 Mio refusé.', en: 'A body of more than 12 MiB is refused.' },
})
const unknownPath = new Problem({
  code: 'control/unknown-path',
  status: 404,
  text: {
    fr: 'Adresse inconnue : voir /control/apis, /control/applications, /control/evidence, /control/realms, /control/sandbox, /control/store et /control/tokens.',
    en: 'Unknown address: see /control/apis, /control/applications, /control/evidence, /control/realms, /control/sandbox, /control/store and /control/tokens.',
  },
})
