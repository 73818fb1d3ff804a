import { readFileSync } from 'node:fs'
import { type Log, Problem } from '#base'
import { dialectOf } from '#contract'
import { createFront } from '#gateway'
import type { Dispatch } from './dispatch.js'
import { drainOf } from './drain.js'
import { listen } from './listen.js'
import type { ServingRooms } from './serving-rooms.js'
import type { Settings } from './settings.js'

export interface FrontDoorNeeds {
  readonly settings: Settings
  readonly rooms: ServingRooms
  readonly dispatch: Dispatch
  readonly knowsHost: (host: string) => boolean
  /** Public addresses, for who called another. */
  readonly addresses: readonly string[]
  readonly host: string
  readonly problemsUrl: string
  readonly log: Log
}

export interface FrontDoor {
  readonly port: number
  /** Null: no TLS listener. */
  readonly tlsPort: number | null
  /** Takes no new connection and resolves once the last answer has left. */
  close(): Promise<void>
}

/** The one way in: plain HTTP, and TLS where a certificate is given. */
export async function openFrontDoor(needs: FrontDoorNeeds): Promise<FrontDoor> {
  const { settings, rooms, host, log } = needs
  const options = {
    dispatch: needs.dispatch.handle,
    serve: needs.dispatch.serve,
    continuesItself: (request: { url?: string | undefined; headers: { host?: string | undefined } }) =>
      rooms.gateway.matches(request.headers.host ?? '', (request.url ?? '/').split('?', 1)[0] ?? '/'),
    knowsHost: (name: string) => needs.knowsHost(name) || rooms.gateway.knowsHost(name),
    localPaths: new Set(['/healthz', '/readyz', '/metrics']),
    addresses: needs.addresses,
    dialect: dialectOf('standard'),
    speakerAt: needs.dispatch.speakerAt,
    requestIds: rooms.requestIds,
    refusals: rooms.frontRefusals,
    log,
    settings: { trustedProxies: settings.PORTIQUE_TRUSTED_PROXIES ?? [], problemsUrl: needs.problemsUrl },
  }
  const plain = createFront(options)
  const port = await listen(plain.server, { host, port: settings.PORT })
  const drains = [drainOf(plain.server, plain.lane)]
  let tlsPort: number | null = null
  const { PORTIQUE_TLS_CERT: cert, PORTIQUE_TLS_KEY: key } = settings
  if (cert !== undefined && key !== undefined) {
    const secure = createFront({
      ...options,
      tls: { cert: readPem('PORTIQUE_TLS_CERT', cert), key: readPem('PORTIQUE_TLS_KEY', key) },
    })
    tlsPort = await listen(secure.server, { host, port: settings.PORTIQUE_TLS_PORT })
    drains.push(drainOf(secure.server, secure.lane))
  }
  return {
    port,
    tlsPort,
    async close() {
      await Promise.all(drains.map((drain) => drain()))
    },
  }
}

function readPem(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Problem({
      code: 'serve/tls-file',
      status: 500,
      text: {
        fr: `${name} : fichier illisible, ${file}`,
        en: `${name}: cannot read ${file}; check the path and the rights`,
      },
      cause,
    })
  }
}
