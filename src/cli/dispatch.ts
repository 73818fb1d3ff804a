import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Log } from '#base'
import type { Incoming, Reply, Speaker } from '#gateway'
import { inTurn } from './in-turn.js'
import type { Operations } from './operations.js'
import { everyPart, type Parts } from './parts.js'
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
  /** What this host, lower-case with its port, may answer; null: nothing. Absent: everything, whatever the host. */
  readonly partsOf?: (host: string) => Parts | null
}

export interface Dispatch {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Answers a plain call when it is the gateway's; false: it is another part's, and `handle` will find it. */
  serve(request: Incoming, response: Reply): boolean
  /** In whose words the front refuses a request to this host and target; null: in nobody's in particular. */
  speakerAt(host: string, rawTarget: string): Speaker | null
}

/** Who owns which path of the one port, as far as the host serves it; reading this list is reading the table of the interfaces. */
export function createDispatch(needs: DispatchNeeds): Dispatch {
  const { operations, control, dev, log, partsOf = () => everyPart } = needs
  const { authorization, gateway } = needs.rooms
  const pages = inTurn(getRequestListener(needs.portal.fetch), { waitingMax: pagesWaitingMax, refuse: tooManyPages })
  const controls = control === null ? null : getRequestListener(control.fetch)
  const devs = dev === null ? null : getRequestListener(dev.fetch)
  const failed = (response: ServerResponse) => (error: unknown) => {
    log.error('dispatch/fault', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"error":"server_error"}\n')
  }
  const serve = (request: Incoming, response: Reply): boolean => {
    if (operations.matches(pathOf(request))) return false
    const parts = partsOf(request.memo?.host ?? hostOf(request)) ?? nothing
    return parts.gateway && gateway.serve(request, response)
  }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const path = pathOf(request)
    if (operations.matches(path)) return void operations.handle(request, response).catch(failed(response))
    const parts = partsOf((request.headers.host ?? '').toLowerCase()) ?? nothing
    // Before the gateway, whose many addresses take longer to rule out than the few of this room.
    const answering = parts.authorization && authorization.handle(request, response)
    if (answering !== false) return void answering.catch(failed(response))
    if (parts.gateway && gateway.handle(request, response)) return
    if (controls !== null && path.startsWith('/control')) return void controls(request, response)
    if (devs !== null && path.startsWith('/dev/')) return void devs(request, response)
    if (parts.portal) {
      pages(request, response)
      return
    }
    // The gateway says in its own words that it knows no such API.
    if (parts.gateway) return void gateway.handle(request, response, 'lone')
    response.writeHead(404, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    response.end('{"error":"not_found"}\n')
  }
  const speakerAt = (host: string, rawTarget: string): Speaker | null => {
    const parts = partsOf(host.toLowerCase()) ?? nothing
    // In the order of `handle`.
    const own = parts.authorization ? authorization.speakerAt(rawTarget) : null
    return own ?? (parts.gateway ? gateway.speakerAt(host, rawTarget) : null)
  }
  return { handle, serve, speakerAt }
}

/** About two seconds of work. */
const pagesWaitingMax = 256

function tooManyPages(response: ServerResponse): void {
  response.writeHead(503, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': '2',
  })
  response.end('Le portail est très demandé : réessayez dans un instant.\nThe portal is busy: try again in a moment.\n')
}

function pathOf({ url = '/' }: Incoming): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}

function hostOf({ rawHeaders }: Incoming): string {
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host')
      return (rawHeaders[index + 1] ?? '').toLowerCase()
  return ''
}

const nothing: Parts = { portal: false, authorization: false, gateway: false }
