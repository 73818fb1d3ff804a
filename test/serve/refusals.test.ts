import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { createPlace, storeKinds } from '../start/place.js'

const key = randomBytes(32).toString('base64url')
const good = {
  PORTIQUE_URL: 'https://portail.exemple.fr',
  PORTIQUE_AUTHORIZATION_URL: 'https://connexion.exemple.fr',
  PORTIQUE_GATEWAY_URL: 'https://api.exemple.fr',
  PORTIQUE_SECRET_KEY: key,
}
const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly RegExp[]])[] = [
  [
    'nothing is set',
    { ...good, PORTIQUE_URL: '', PORTIQUE_AUTHORIZATION_URL: '', PORTIQUE_GATEWAY_URL: '', PORTIQUE_SECRET_KEY: '' },
    [
      /PORTIQUE_URL\n {4}not set: the public address of the portal\n {4}→ PORTIQUE_URL=https/,
      /PORTIQUE_AUTHORIZATION_URL\n {4}not set: the public address of the authorization/,
      /PORTIQUE_GATEWAY_URL\n {4}not set: the public address of the gateway/,
      /PORTIQUE_SECRET_KEY\n {4}not set: secrets are sealed with it\n {4}→ Make one with/,
    ],
  ],
  ['the address of the portal is missing', { ...good, PORTIQUE_URL: '' }, [/PORTIQUE_URL\n {4}not set/]],
  ['the key is missing', { ...good, PORTIQUE_SECRET_KEY: '' }, [/PORTIQUE_SECRET_KEY\n {4}not set/]],
  [
    'the key is short',
    { ...good, PORTIQUE_SECRET_KEY: 'court' },
    [/PORTIQUE_SECRET_KEY\n {4}cannot be used\n {4}→ 32 bytes in base64url/],
  ],
  [
    'two parts share an origin',
    { ...good, PORTIQUE_GATEWAY_URL: 'https://portail.exemple.fr' },
    [/PORTIQUE_URL and PORTIQUE_GATEWAY_URL\n {4}they share the origin.*\n {4}→ Give each a host/],
  ],
  [
    'two parts share an origin under another spelling',
    { ...good, PORTIQUE_GATEWAY_URL: 'https://PORTAIL.exemple.fr:443/' },
    [/they share the origin/],
  ],
  ['an address is in clear', { ...good, PORTIQUE_URL: 'http://portail.exemple.fr' }, [/PORTIQUE_URL\n {4}not https/]],
  [
    'an address has a path',
    { ...good, PORTIQUE_URL: 'https://exemple.fr/portail' },
    [/PORTIQUE_URL\n {4}it has a path/],
  ],
  [
    'the port is none',
    { ...good, PORT: '99999' },
    [/PORT\n {4}cannot be used\n {4}→ a port number from 0 to 65535, not "99999"/],
  ],
  [
    'who gets sandbox tokens is said in other words',
    { ...good, PORTIQUE_SANDBOX_TOKENS: 'yes' },
    [/PORTIQUE_SANDBOX_TOKENS\n {4}cannot be used\n {4}→ open or closed, not "yes"/],
  ],
  [
    'an address is none',
    { ...good, PORTIQUE_URL: 'portail' },
    [/PORTIQUE_URL\n {4}cannot be used\n {4}→ an absolute http or https address/],
  ],
  [
    'a certificate without its key',
    { ...good, PORTIQUE_TLS_CERT: 'cert.pem' },
    [/PORTIQUE_TLS_KEY\n {4}not set, though PORTIQUE_TLS_CERT is/],
  ],
  [
    'the simulation would answer in production',
    good,
    [
      /PORTIQUE_PLATFORMS\n {4}the simulation would answer in production for api-particulier\/.* and \d+ more\n {4}→ Give/,
    ],
  ],
  [
    'a network of event addresses is no CIDR block',
    { ...good, PORTIQUE_EVENT_NETWORKS: '10.20.0.0/16,10.20.0.1' },
    [/PORTIQUE_EVENT_NETWORKS\n {4}cannot be used\n {4}→ CIDR blocks/],
  ],
  ['the folder of platforms is not there', { ...good, PORTIQUE_PLATFORMS: '/nulle/part' }, [/nulle\/part/]],
]

test('portique serve tells all that stands in its way at once, of settings, files and platforms', async (t) => {
  const [embedded] = storeKinds
  assert.ok(embedded)
  const place = await createPlace(embedded)
  t.after(() => place.drop())
  const platforms = join(place.folder, 'platforms')
  cpSync('platforms/api-particulier', join(platforms, 'api-particulier'), { recursive: true })
  cpSync('platforms/demo', join(platforms, 'demo'), { recursive: true })
  const code = 'api-particulier/apis/dss-quotient-familial/3'
  const edit = (file: string, from: string | RegExp, to: string) => {
    const path = join(platforms, file)
    const text = readFileSync(path, 'utf8')
    assert.notEqual(text.replace(from, to), text)
    writeFileSync(path, text.replace(from, to))
  }
  edit(`${code}/api.yaml`, 'production: sandbox', 'production: [{ url: "https://fournisseur.exemple.fr" }]')
  edit('demo/platform.yaml', 'dialect: standard', 'dialect: standart')
  const upstreams = join(place.folder, 'upstreams.json')
  writeFileSync(upstreams, '{"demo/demo":{"name":"X"}}', { mode: 0o644 })
  const settings = {
    ...good,
    ...{ PORTIQUE_URL: '', PORTIQUE_GATEWAY_URL: 'http://api.exemple.fr', PORTIQUE_SECRET_KEY: 'court', PORT: 'http' },
    ...{ PORTIQUE_PLATFORMS: platforms, PORTIQUE_UPSTREAMS: upstreams, PORTIQUE_TLS_CERT: 'cert.pem' },
  }
  const refused = await runCommand(place, ['serve'], settings)
  assert.equal(refused.code, 1)
  const told = refused.stderr
  for (const [setting, reason, mend] of [
    ['PORT', 'cannot be used', 'a port number'],
    ['PORTIQUE_URL', 'not set', 'PORTIQUE_URL=https'],
    ['PORTIQUE_GATEWAY_URL', 'not https', 'PORTIQUE_GATEWAY_URL=https'],
    ['PORTIQUE_SECRET_KEY', 'cannot be used', '32 bytes'],
    ['PORTIQUE_TLS_KEY', 'not set', 'Set both'],
    ['PORTIQUE_UPSTREAMS', 'others than its owner can read', 'chmod 600 '],
    ['PORTIQUE_UPSTREAMS', '.*demo/demo.issuer', 'Write JSON'],
    ['PORTIQUE_PLATFORMS', 'the simulation would answer', 'Give their addresses'],
    ['PORTIQUE_PROVIDER_SECRETS', 'no secret for dss_quotient_familial_key', 'Set it to a JSON file'],
    ['.*demo/platform.yaml:\\d+:\\d+', '.*standart', '.*standard'],
  ])
    assert.match(told, new RegExp(`^ {2}${setting}\\n {4}${reason}.*\\n {4}→ ${mend}`, 'm'))
  assert.doesNotMatch(told, /PORTIQUE_SECRET_KEY\n {4}not set/, 'what is wrong is not missing besides')
  const count = [...told.matchAll(/^ {4}→/gm)].length
  assert.ok(told.includes(`Start refused: ${count} things to mend.`), told)
})

test('files of secrets that others can read: refused, unless they are shared on purpose', async (t) => {
  const [embedded] = storeKinds
  assert.ok(embedded)
  const place = await createPlace(embedded)
  t.after(() => place.drop())
  const file = join(place.folder, 'secrets.json')
  writeFileSync(file, '{}', { mode: 0o640 })
  const settings = { ...good, PORTIQUE_URL: '', PORTIQUE_PROVIDER_SECRETS: file }
  const told = async (more: Readonly<Record<string, string>> = {}) =>
    (await runCommand(place, ['serve'], { ...settings, ...more })).stderr
  assert.ok((await told()).includes(`chmod 600 ${file}`))
  assert.ok(!(await told({ PORTIQUE_SECRET_FILES: 'shared' })).includes('chmod'))
  chmodSync(file, 0o600)
  assert.ok(!(await told()).includes('chmod'))
})

describe('portique serve refuses to start', () => {
  for (const [name, settings, said] of cases)
    test(name, async (t) => {
      const [embedded] = storeKinds
      assert.ok(embedded)
      const place = await createPlace(embedded)
      t.after(() => place.drop())
      const { code, stderr } = await runCommand(place, ['serve'], settings)
      assert.equal(code, 1)
      for (const text of said) assert.match(stderr, text)
      assert.doesNotMatch(stderr, /\n +at /)
      assert.ok(!stderr.includes(key), 'the key is shown to nobody')
    })
})
