import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { assets, pageHeaders } from '#theme'
import { launchChromium, noChromium } from './chromium.js'
import { openPage } from './open-page.js'

const html = { 'Content-Type': 'text/html; charset=utf-8' }

/**
 * Three origins: the authorization server posts to itself and answers 303; the application's callback redirects once more, to its home on
 * another origin, as many do. Chromium holds `form-action` against every one of these redirects.
 */
describe('leaving for the application after a POST, in Chromium without JavaScript', { skip: noChromium }, () => {
  let browser: Browser
  const servers: Server[] = []
  let authorization = ''
  let application = ''
  let home = ''

  before(async () => {
    home = await serve((_, response) => response.writeHead(200, html).end('home'))
    application = await serve((request, response) =>
      request.url?.startsWith('/hop')
        ? response.writeHead(302, { Location: `${home}/` }).end()
        : response.writeHead(200, html).end('application'),
    )
    authorization = await serve(answerAuthorization)
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    for (const server of servers) server.close().closeAllConnections()
  })

  const answerAuthorization: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const to = url.searchParams.get('to') ?? ''
    if (request.method === 'POST') return void response.writeHead(303, { Location: to }).end()
    const asset = assets.get(url.pathname)
    if (asset) return void response.writeHead(200, { 'Content-Type': asset.contentType }).end(asset.body)
    const named = url.searchParams.getAll('named')
    response.writeHead(200, { ...html, ...pageHeaders({ formActionOrigins: named }) })
    response.end(
      `<!doctype html><form method="post" action="/?${new URLSearchParams({ to })}"><button>Oui</button></form>`,
    )
  }

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return `http://127.0.0.1:${address.port}`
  }

  async function leave(to: string, named: readonly string[]): Promise<{ at: string; refused: boolean }> {
    const { page, troubles } = await openPage(browser, false)
    const query = new URLSearchParams([['to', to], ...named.map((each) => ['named', each])])
    await page.goto(`${authorization}/?${query}`)
    await page.getByRole('button').click()
    for (let turn = 0; turn < 100 && page.url().startsWith(authorization) && troubles.length === 0; turn += 1)
      await page.waitForTimeout(50)
    const seen = { at: new URL(page.url()).origin, refused: troubles.length > 0 }
    await page.context().close()
    for (const trouble of troubles) assert.match(trouble, /form-action/)
    return seen
  }

  test('is refused when the application is not named', async () =>
    assert.deepEqual(await leave(`${application}/cb`, []), { at: authorization, refused: true }))

  test('works when its redirect URI is named', async () =>
    assert.deepEqual(await leave(`${application}/cb`, [`${application}/cb`]), { at: application, refused: false }))

  test('works when the application redirects on, to an origin that nobody named', async () =>
    assert.deepEqual(await leave(`${application}/hop`, [`${application}/hop`]), { at: home, refused: false }))
})
