import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '#base'
import { formatMistakes } from '#contract'
import { serveSettings } from './serve-settings.js'
import { readSettings, settingsShape, trySettings } from './settings.js'

const whole = {
  PORTIQUE_URL: 'https://portail.example.fr',
  PORTIQUE_AUTHORIZATION_URL: 'https://connexion.example.fr',
  PORTIQUE_GATEWAY_URL: 'https://api.example.fr',
  PORTIQUE_SECRET_KEY: Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)).toString('base64url'),
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

/** Of each setting whose text can be wrong, one that is. */
const wrongValues: Readonly<Record<string, string>> = {
  PORT: 'abc',
  PORTIQUE_URL: 'portail.example.fr',
  PORTIQUE_AUTHORIZATION_URL: 'ftp://connexion.example.fr',
  PORTIQUE_GATEWAY_URL: 'https//api',
  PORTIQUE_SECRET_KEY: 'A'.repeat(43),
  PORTIQUE_TRUSTED_PROXIES: '10.0.0.1,zz',
  PORTIQUE_TLS_PORT: '65536',
  PORTIQUE_METRICS_PORT: '-1',
  PORTIQUE_METRICS_TOKEN: 'short-secret',
  PORTIQUE_LOG_LEVEL: 'loud',
  PORTIQUE_EVIDENCE_DAYS: '1.5',
  PORTIQUE_EVENT_NETWORKS: '10.0.0.0/33',
  PORTIQUE_SANDBOX_TOKENS: 'ajar',
  PORTIQUE_SECRET_FILES: 'public',
  PORTIQUE_CALLS_PER_APPLICATION: '0',
  PORTIQUE_BODY_BYTES_PER_APPLICATION: '1',
  DATABASE_URL: 'mysql://root:short-secret@x',
  VALKEY_URL: 'http://:short-secret@x',
  PORTIQUE_QUOTA_LOCAL_SHARE: '0',
}
/** Names of files and folders, and of an address to listen on: what is wrong with them shows when they are used. */
const anyText = [
  ...['PORTIQUE_HOST', 'PORTIQUE_DATA', 'PORTIQUE_PLATFORMS', 'PORTIQUE_TLS_CERT', 'PORTIQUE_TLS_KEY'],
  ...['PORTIQUE_ACCESS_LOG', 'PORTIQUE_UPSTREAMS', 'PORTIQUE_PROVIDER_SECRETS'],
]

test('every setting has a wrong value here, or takes any text', () => {
  assert.deepEqual([...Object.keys(wrongValues), ...anyText].sort(), Object.keys(settingsShape.shape).sort())
})

for (const [name, value] of Object.entries(wrongValues))
  test(`${name}=${value} is told, with what is expected`, () => {
    const { wrong } = trySettings({ [name]: value })
    assert.deepEqual(
      wrong.map((each) => each.name),
      [name],
    )
    assert.doesNotMatch(wrong[0]?.expected ?? '', /NaN|undefined|Invalid|short-secret|A{43}/)
    assert.ok((wrong[0]?.expected ?? '').length > 5)
  })

test('all that are wrong are told at once, and none of their secrets', () => {
  assert.throws(
    () => readSettings(wrongValues),
    (error) => {
      assert.ok(isProblem(error))
      for (const name of Object.keys(wrongValues)) assert.match(error.text.en, new RegExp(`^${name}\\n`, 'm'))
      assert.doesNotMatch(error.text.en, /short-secret|A{43}/)
      return true
    },
  )
})
