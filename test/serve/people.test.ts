import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { createBrowserOfNames } from '../sign-in/browser.js'
import { landed } from '../sign-in/people.js'
import {
  newClient,
  nodesIssuerPath,
  nodesPersona,
  nodesRedirectUri,
  nodesScope,
  platformWithPeople,
} from '../sign-in/serve-nodes.js'
import { createPlace, type Place } from '../start/place.js'
import { type Started, startProcess } from '../start/portique.js'

const authorization = 'https://connexion.exemple.fr'

describe('portique serve, where people sign in', () => {
  let place: Place
  let process: Started
  let port = 0
  const clients = { production: '', sandbox: '' }
  const verifier = 'A'.repeat(43)

  before(async () => {
    place = await createPlace({ name: 'embedded store', databaseUrl: null })
    const settings = {
      PORTIQUE_URL: 'https://portail.exemple.fr',
      PORTIQUE_AUTHORIZATION_URL: authorization,
      PORTIQUE_GATEWAY_URL: 'https://api.exemple.fr',
      PORTIQUE_SECRET_KEY: randomBytes(32).toString('base64url'),
      PORTIQUE_PLATFORMS: platformWithPeople(place.folder, []),
    }
    process = startProcess(['serve'], { ...place.environment, ...settings })
    await process.waitFor(() => process.stderr().includes('"serve/ready"'))
    port = Number(/"port":(\d+)/.exec(process.stderr())?.[1])
    for (const environment of ['production', 'sandbox'] as const)
      clients[environment] = (await newClient(place, environment)).client_id
  })
  after(async () => {
    await process.end('SIGKILL')
    await place.drop()
  })

  const newBrowser = () => createBrowserOfNames((host) => (host === new URL(authorization).host ? port : undefined))
  const asked = (environment: keyof typeof clients, more: Readonly<Record<string, string>> = {}) => {
    const url = new URL(`${authorization}${nodesIssuerPath}/authorize`)
    const usual = { response_type: 'code', client_id: clients[environment], redirect_uri: nodesRedirectUri }
    const proof = { scope: nodesScope, state: 's', code_challenge: verifier, code_challenge_method: 'S256' }
    for (const [name, value] of Object.entries({ ...usual, ...proof, ...more })) url.searchParams.set(name, value)
    return url
  }
  /** A browser in which a test person is signed in to an application of the sandbox. */
  const inSandbox = async () => {
    const browser = newBrowser()
    const page = await browser.go(asked('sandbox'))
    assert.match(page.text, /Camille Durand/)
    let next = await browser.submit(page, /\/persona$/, { persona: nodesPersona })
    if (/\/decision"/.test(next.text)) next = await browser.submit(next, /\/decision$/, { decision: 'accept' })
    assert.ok(landed(next).searchParams.get('code'))
    return browser
  }

  test('a production application sees no test person, and none can be posted to it', async () => {
    const browser = newBrowser()
    const page = await browser.go(asked('production'))
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.text, /persona|Camille/)
    const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
    assert.ok(csrf)
    const posted = await browser.post(new URL(`${page.url.pathname}/persona`, page.url), {
      csrf,
      persona: nodesPersona,
    })
    assert.deepEqual([posted.status, posted.location], [400, null])
    assert.doesNotMatch((await browser.go(asked('production'))).text, /\/decision"/, 'nobody is signed in')
  })

  test('the session of a test person signs nobody in to a production application', async () => {
    const browser = await inSandbox()
    const again = landed(await browser.go(asked('sandbox')))
    assert.ok(again.searchParams.get('code'), 'one session is enough within the sandbox')
    const page = await browser.go(asked('production'))
    assert.deepEqual([page.status, page.location], [200, null])
    assert.doesNotMatch(page.text, /\/decision"|Camille/)
    const silent = landed(await browser.go(asked('production', { prompt: 'none' })))
    assert.deepEqual([silent.searchParams.get('error'), silent.searchParams.get('code')], ['login_required', null])
  })

  test('behind https cookies are held to this host, this path and https', async () => {
    const browser = await inSandbox()
    await browser.go(`${asked('sandbox')}&lang=en`)
    const set = browser.cookieLines
    assert.ok(set.length > 0)
    for (const line of set) {
      assert.match(line, /; secure(;|$)/i, line)
      assert.match(line, /; httponly(;|$)/i, line)
      assert.match(line, /; samesite=lax(;|$)/i, line)
      assert.doesNotMatch(line, /; domain=/i, line)
      const name = line.slice(0, line.indexOf('='))
      if (name.startsWith('__Host-')) assert.match(line, /; path=\/(;|$)/i, line)
      else if (name !== 'portique.language') assert.match(name, /^__Secure-/, line)
    }
    for (const name of ['__Host-demo.demo.session=', '__Secure-demo.demo.interaction=', '__Secure-demo.demo.resume='])
      assert.ok(
        set.some((line) => line.startsWith(name)),
        name,
      )
  })
})
