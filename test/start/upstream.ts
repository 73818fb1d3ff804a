import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before } from 'node:test'

export interface ExampleUpstream {
  readonly url: () => string
  /** Request lines that arrived, e.g. `GET /v1/lieux`. */
  readonly seen: string[]
}

/** A provider's own server for the tests of a `describe`; answers `{"lieux":[]}` unless told otherwise. */
export function exampleUpstream(answer: RequestListener = plain): ExampleUpstream {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { seen, url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const plain: RequestListener = (request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"lieux":[]}'))
}
