import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizeUrl } from './authorize-url.js'
import { createBrowserOfNames } from './browser.js'
import { delegated, franceConnect, signInThere } from './national.js'
import { landed, redirectUri } from './people.js'

const candidates = 'authentification-candidat.francetravail.fr'

test('who comes by a name of the platform signs in elsewhere, and is one session with who comes by our own name', async (t) => {
  const { portique, origin } = await delegated(t, franceConnect)
  const own = new URL(portique.url)
  const ports = new Map([
    [candidates, portique.port],
    [own.host, portique.port],
    [new URL(origin).host, Number(new URL(origin).port)],
  ])
  const browser = createBrowserOfNames((host) => ports.get(host))
  const asked = authorizeUrl(portique, { scope: 'openid profile email api_peconnect-individuv1' })
  const byName = new URL(`${asked.pathname}${asked.search}`, `http://${candidates}`)

  const back = landed(await signInThere(browser, byName))
  assert.equal(`${back.origin}${back.pathname}`, redirectUri, 'from a name of the platform to the provider and back')
  assert.ok(back.searchParams.get('code'))
  assert.equal(back.searchParams.get('state'), 'kept-state')

  assert.ok(landed(await browser.go(asked)).searchParams.get('code'), 'nobody is asked again by our own name')
  const consents = await browser.go(`http://${candidates}/compte/consentements?lang=en`)
  assert.equal(consents.status, 200)
  assert.match(consents.text, /Camille DURAND/, 'nor on the page of consents')
  assert.equal(consents.url.host, own.host)

  const leaving = await browser.go(`http://${candidates}/compte/deconnexion`)
  const out = await browser.submit(leaving, /\/session\/end\/confirm/, { logout: 'yes' })
  const theirs = await browser.submit(out, /\/session\/end\/confirm/, { logout: 'yes' })
  assert.equal(theirs.url.host, own.host, 'signed out there too, and back')
  assert.match((await browser.go(asked)).text, /name="persona"/, 'the one session is over')
})

test('a posted request goes along; what it says in the address and the form is one request', async (t) => {
  const { portique } = await delegated(t, franceConnect)
  const ports = new Map([candidates, new URL(portique.url).host].map((host) => [host, portique.port]))
  const asked = authorizeUrl(portique)
  const page = await createBrowserOfNames((host) => ports.get(host)).post(
    `http://${candidates}${asked.pathname}?realm=%2Findividu`,
    Object.fromEntries([...asked.searchParams].filter(([name]) => name !== 'realm')),
  )
  assert.match(page.text, /name="persona"/)
  assert.equal(page.url.host, new URL(portique.url).host)
})
