import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { openAddresses } from '../../src/authorization/consents/open-addresses.js'
import { createSafePost } from '../../src/authorization/consents/safe-post.js'
import { sharedPortique } from '../start/portique.js'
import { authorizeUrl } from './authorize-url.js'
import { issuerOf, redirectUri, signIn } from './people.js'

describe('an application is told of a withdrawal', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })

  test('by a signed event at the address it registered, again when it was not heard', async (t) => {
    const heard: string[] = []
    const server = createServer(async (request, response) => {
      heard.push(Buffer.concat(await request.toArray()).toString())
      response.writeHead(heard.length === 1 ? 503 : 202).end()
      server.emit('heard')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { url, dev } = portique()
    const control = (path: string, body: object) =>
      fetch(`${url}/control${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${dev.control_token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const eventUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`
    const wanted = { platform: 'france-travail', name: 'Avec adresse', redirectUris: [redirectUri], eventUrl }
    const made: { application: { id: string } } = JSON.parse(await (await control('/applications', wanted)).text())
    const { id } = made.application
    await control(`/applications/${id}/subscriptions`, { api: 'peconnect-coordonnees/1' })
    const { browser } = await signIn(authorizeUrl(portique(), { client_id: id }), 'angela-martin')
    const page = await browser.go(`${url}/compte/consentements`)
    const told = once(server, 'heard').then(() => once(server, 'heard'))
    await browser.submit(page, /\/withdraw$/, { consent: id })
    await told
    assert.equal(heard[0], heard[1])
    const issuer = issuerOf(portique(), 'individu')
    const { payload, protectedHeader } = await jwtVerify(
      heard[1] ?? '',
      createRemoteJWKSet(new URL(`${issuer}/jwks`)),
      {
        issuer,
        audience: id,
      },
    )
    assert.equal(protectedHeader.typ, 'secevent+jwt')
    assert.ok(JSON.stringify(payload.events).includes('consent-withdrawn'))
  })

  test('never where the machine or its neighbours would answer, unless they are allowed', async (t) => {
    const server = createServer((_, response) => response.writeHead(202).end())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { port } = server.address() as AddressInfo
    const body = { type: 'application/json', body: '{}' }
    const strict = createSafePost([])
    const dressed = ['[2002:7f00:1::1]', '[64:ff9b:1::7f00:1]', '[::127.0.0.1]', '[fec0::1]', '[2001:0:7f00:1::1]']
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '10.0.0.1',
      '169.254.169.254',
      ...dressed,
    ]) {
      await assert.rejects(strict(`http://${host}:${port}/`, body), /not told/, host)
    }
    assert.equal(await createSafePost(['127.0.0.0/8'])(`http://127.0.0.1:${port}/`, body), 202)
  })

  test('every public address may be told, of either family', () => {
    const open = openAddresses([])
    for (const address of ['8.8.8.8', '193.0.0.1', '::ffff:193.0.0.1', '2a00:1450::1'])
      assert.ok(open(address), address)
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', 'fe80::1']) assert.ok(!open(address), address)
    assert.ok(!openAddresses(['::/0'])('10.0.0.1'), 'nothing of the other family is opened')
  })
})
