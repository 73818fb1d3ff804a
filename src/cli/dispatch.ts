import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Log } from '#base'
import type { Operations } from './operations.js'
import type { ServingRooms } from './serving-rooms.js'

export interface DispatchNeeds {
  readonly rooms: Pick<ServingRooms, 'authorization' | 'gateway'>
  readonly operations: Operations
  readonly portal: Hono
  /** `/control/**`: already guarded; null where it is not served on this port. */
  readonly control: Hono | null
  /** `/dev/**`, in `portique dev` alone. */
  readonly dev: Hono | null
  readonly log: Log
}

export type Dispatch = (request: IncomingMessage, response: ServerResponse) => void

/** Who owns which path of the one port; reading this list is reading the table of the interfaces. */
export function createDispatch({ rooms, operations, portal, control, dev, log }: DispatchNeeds): Dispatch {
  const { authorization, gateway } = rooms
  const pages = getRequestListener(portal.fetch)
  const controls = control === null ? null : getRequestListener(control.fetch)
  const devs = dev === null ? null : getRequestListener(dev.fetch)
  const failed = (response: ServerResponse) => (error: unknown) => {
    log.error('dispatch/fault', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"error":"server_error"}\n')
  }
  return (request, response) => {
    if (gateway.handle(request, response)) return
    const answering = authorization.handle(request, response)
    if (answering !== false) return void answering.catch(failed(response))
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (operations.matches(path)) return void operations.handle(request, response).catch(failed(response))
    if (controls !== null && path.startsWith('/control')) return void controls(request, response)
    if (devs !== null && path.startsWith('/dev/')) return void devs(request, response)
    return void pages(request, response)
  }
}
