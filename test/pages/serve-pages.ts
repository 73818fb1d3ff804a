import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { assets, pageHeaders } from '#theme'

export interface ServedPages {
  readonly origin: string
  /** Bodies of the POSTs that came, in order. */
  readonly posted: readonly URLSearchParams[]
  close(): Promise<void>
}

/** Serves pages as the product does: their headers, their assets, each POST answered 303 to `/done`. `page` gives a document by path, or null. */
export async function servePages(page: (path: string) => string | null): Promise<ServedPages> {
  const posted: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      posted.push(new URLSearchParams((await request.toArray()).join('')))
      return void response.writeHead(303, { Location: '/done' }).end()
    }
    answer(response, new URL(request.url ?? '/', 'http://localhost').pathname, page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { origin: originOf(server), posted, close: () => close(server) }
}

function answer(response: ServerResponse, path: string, page: (path: string) => string | null): void {
  const asset = assets.get(path)
  if (asset) return void response.writeHead(200, { 'Content-Type': asset.contentType }).end(asset.body)
  const html = path === '/done' ? '<!doctype html><html lang="fr"><title>Fait</title>' : page(path)
  response.writeHead(html === null ? 404 : 200, { ...pageHeaders(), 'Content-Type': 'text/html; charset=utf-8' })
  response.end(html ?? '')
}

function originOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}
