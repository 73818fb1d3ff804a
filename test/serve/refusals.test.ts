import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
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
      /PORTIQUE_URL is not set: the public address of the portal/,
      /PORTIQUE_AUTHORIZATION_URL is not set: the public address of the authorization/,
      /PORTIQUE_GATEWAY_URL is not set: the public address of the gateway/,
      /PORTIQUE_SECRET_KEY is not set: secrets are sealed with it/,
    ],
  ],
  ['the address of the portal is missing', { ...good, PORTIQUE_URL: '' }, [/PORTIQUE_URL is not set/]],
  ['the key is missing', { ...good, PORTIQUE_SECRET_KEY: '' }, [/PORTIQUE_SECRET_KEY is not set/]],
  ['the key is short', { ...good, PORTIQUE_SECRET_KEY: 'court' }, [/PORTIQUE_SECRET_KEY: 32 bytes in base64url/]],
  [
    'two parts share an origin',
    { ...good, PORTIQUE_GATEWAY_URL: 'https://portail.exemple.fr' },
    [/PORTIQUE_URL and PORTIQUE_GATEWAY_URL share an origin: give each its own host/],
  ],
  [
    'two parts share an origin under another spelling',
    { ...good, PORTIQUE_GATEWAY_URL: 'https://PORTAIL.exemple.fr:443/' },
    [/share an origin/],
  ],
  ['an address is in clear', { ...good, PORTIQUE_URL: 'http://portail.exemple.fr' }, [/PORTIQUE_URL is not https/]],
  ['an address has a path', { ...good, PORTIQUE_URL: 'https://exemple.fr/portail' }, [/PORTIQUE_URL has a path/]],
  ['the port is none', { ...good, PORT: '99999' }, [/PORT: a port number from 0 to 65535, not 99999/]],
  ['an address is none', { ...good, PORTIQUE_URL: 'portail' }, [/PORTIQUE_URL: an absolute http or https address/]],
  [
    'a certificate without its key',
    { ...good, PORTIQUE_TLS_CERT: 'cert.pem' },
    [/PORTIQUE_TLS_CERT and PORTIQUE_TLS_KEY go together/],
  ],
  [
    'the simulation would answer in production',
    good,
    [
      /the simulation would answer in production for api-particulier\/.*demo\/annuaire\/1, france-travail\/.*PORTIQUE_PLATFORMS/,
    ],
  ],
  [
    'a network of event addresses is no CIDR block',
    { ...good, PORTIQUE_EVENT_NETWORKS: '10.20.0.0/16,10.20.0.1' },
    [/PORTIQUE_EVENT_NETWORKS: CIDR blocks/],
  ],
  ['the folder of platforms is not there', { ...good, PORTIQUE_PLATFORMS: '/nulle/part' }, [/nulle\/part/]],
]

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
