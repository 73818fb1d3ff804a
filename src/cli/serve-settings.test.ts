import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem, readSettings } from '#base'
import { formatMistakes } from '#contract'
import { serveSettings } from './serve-settings.js'

const whole = {
  PORTIQUE_URL: 'https://portail.example.fr',
  PORTIQUE_AUTHORIZATION_URL: 'https://connexion.example.fr',
  PORTIQUE_GATEWAY_URL: 'https://api.example.fr',
  PORTIQUE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64url'),
}

const refusalOf = (environment: Record<string, string>): string =>
  formatMistakes(serveSettings(readSettings(environment)).mistakes)

test('a whole set of settings is taken', () => {
  assert.deepEqual(serveSettings(readSettings(whole)), {
    addresses: {
      portal: whole.PORTIQUE_URL,
      authorization: whole.PORTIQUE_AUTHORIZATION_URL,
      gateway: whole.PORTIQUE_GATEWAY_URL,
    },
    mistakes: [],
  })
})

for (const name of Object.keys(whole))
  test(`serve refuses to start without ${name}, and names it`, () => {
    const { [name]: _, ...rest } = whole as Record<string, string>
    assert.match(refusalOf(rest), new RegExp(`^${name}\\n {2}not set: .*\\n {2}→ `))
  })

test('everything that is missing is told at once', () => {
  const text = refusalOf({})
  for (const name of Object.keys(whole)) assert.match(text, new RegExp(name))
})

test('http is refused anywhere but on the machine itself', () => {
  assert.match(
    refusalOf({ ...whole, PORTIQUE_GATEWAY_URL: 'http://api.example.fr' }),
    /PORTIQUE_GATEWAY_URL\n {2}not https/,
  )
  assert.equal(refusalOf({ ...whole, PORTIQUE_GATEWAY_URL: 'http://localhost:8443' }), '')
})

test('one origin for two parts is refused', () => {
  assert.match(
    refusalOf({ ...whole, PORTIQUE_URL: whole.PORTIQUE_GATEWAY_URL }),
    /PORTIQUE_URL and PORTIQUE_GATEWAY_URL\n {2}they share the origin/,
  )
})

test('half a TLS pair is refused', () => {
  assert.match(
    refusalOf({ ...whole, PORTIQUE_TLS_CERT: '/etc/ssl/portique.pem' }),
    /PORTIQUE_TLS_KEY\n {2}not set, though PORTIQUE_TLS_CERT is/,
  )
})

test('an unreadable setting is told with its name and what is expected', () => {
  assert.throws(
    () => readSettings({ PORT: 'http', DATABASE_URL: 'mysql://x', PORTIQUE_SECRET_KEY: 'short' }),
    (error) => {
      assert.ok(isProblem(error))
      for (const name of ['PORT', 'DATABASE_URL', 'PORTIQUE_SECRET_KEY']) assert.match(error.text.en, new RegExp(name))
      return true
    },
  )
})
