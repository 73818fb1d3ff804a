import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createLog, systemClock } from '#base'
import { createControl, listenOnSocket } from '#control'
import { openLogTarget } from '#metering'
import { createPortal } from '#portal'
import { controlAddress } from './control-address.js'
import { createDispatch } from './dispatch.js'
import { drainOf } from './drain.js'
import { openFrontDoor } from './front-door.js'
import { openMetricsPort } from './metrics-port.js'
import { createOperations } from './operations.js'
import { partsByHost } from './parts.js'
import { portalNeeds } from './portal-needs.js'
import { readyToServe } from './ready-to-serve.js'
import { openServingRooms } from './serving-rooms.js'
import type { ReadSettings } from './settings.js'
import type { Running } from './stop-on-signal.js'

/** `portique serve`: production. Each part answers on its own origin; control is reached over its socket alone. */
export async function runServe(given: ReadSettings): Promise<Running> {
  const { addresses, platforms } = await readyToServe(given)
  const { settings } = given
  const host = settings.PORTIQUE_HOST ?? '127.0.0.1'
  const log = createLog({
    clock: systemClock,
    level: settings.PORTIQUE_LOG_LEVEL,
    write: (line) => process.stderr.write(line),
  })
  const target = settings.PORTIQUE_ACCESS_LOG === undefined ? null : await openLogTarget(settings.PORTIQUE_ACCESS_LOG)
  const rooms = await openServingRooms(settings, {
    clock: systemClock,
    log,
    platforms,
    authorizationUrl: addresses.authorization,
    gatewayUrl: addresses.gateway,
    portalUrl: addresses.portal,
    node: `${hostname()}/${process.pid}`,
    accessLog: target,
  }).catch(async (error: unknown) => {
    await target?.close()
    throw error
  })
  let ready = true
  const control = createControl({ ...rooms, addresses })
  const shared = {
    store: rooms.store,
    renderMetrics: rooms.metering.renderMetrics,
    identityKeys: rooms.identityKeys,
    isReady: () => ready,
  }
  const operations = createOperations({ ...shared, metricsToken: settings.PORTIQUE_METRICS_TOKEN ?? 'absent' })
  const portal = createPortal(portalNeeds(rooms, { settings, addresses, clock: systemClock }))
  const partsOf = partsByHost(addresses, rooms.platforms)
  const dispatch = createDispatch({ rooms, operations, portal, control: null, dev: null, log, partsOf })
  const door = await openFrontDoor({
    settings,
    rooms,
    dispatch,
    host,
    log,
    problemsUrl: `${addresses.portal}/problems/`,
    knowsHost: (name) => partsOf(name) !== null,
  })
  const metrics = await openMetricsPort(
    settings.PORTIQUE_METRICS_PORT,
    createOperations({ ...shared, metricsToken: null }),
  )
  const closeSocket = drainOf(
    await listenOnSocket(controlAddress(resolve(settings.PORTIQUE_DATA)), getRequestListener(control.fetch)),
  )
  log.info('serve/ready', {
    port: door.port,
    ...(door.tlsPort === null ? {} : { tlsPort: door.tlsPort }),
    store: rooms.store.kind,
    startMilliseconds: Math.round(performance.now()),
  })
  void rooms.gateway.warm()
  rooms.catalog.subscribe(() => void rooms.gateway.warm())
  return {
    store: rooms.store,
    async stop() {
      ready = false
      const answered = Promise.all([door.close(), closeSocket()])
      metrics?.close()
      await rooms.close(answered)
      await target?.close()
      log.info('serve/stopped')
    },
  }
}
