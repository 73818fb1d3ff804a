import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { control } from '../start/control.js'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { brief, callWith, newToken, passDays, quotient, type Seen } from './token-story.js'

const elsewhere = { networks: ['192.0.2.0/24'] }
const unknownVersion = quotient.replace('/v3/', '/v7/')
/** So few calls a minute that six of them are too many, whatever minute begins meanwhile. */
const few = { callsPerMinute: 2 }

for (const kind of storeKinds)
  describe(`the order of the checks of API Particulier, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const six = async (token: string, target = quotient): Promise<readonly Seen[]> => {
      const seen: Seen[] = []
      for (let call = 0; call < 6; call += 1) seen.push(await callWith(portique(), token, { target }))
      return seen
    }
    const kinds = (seen: readonly Seen[]) => [...new Set(seen.map(brief))].toSorted()
    const block = ({ id }: { readonly id: string }) => control(portique(), 'DELETE', `/tokens/${id}`)

    test('a blocked token is told so first, from wherever it calls and however often', async () => {
      const made = await newToken(portique(), { ...elsewhere, ...few })
      assert.equal((await block(made)).status, 200)
      const seen = await six(made.token, unknownVersion)
      assert.deepEqual(kinds(seen), ['401 00105'])
      assert.ok(seen.every(({ headers }) => !headers.has('ratelimit-limit')))
    })

    test('then an address that is not admitted, however often it calls', async () => {
      const { token } = await newToken(portique(), { ...elsewhere, ...few })
      assert.deepEqual(kinds(await six(token, unknownVersion)), ['403 00107'])
    })

    test('then calls are counted, before scopes, versions and parameters are looked at', async () => {
      const without = await newToken(portique(), { ...few, scopes: ['cnous_email'] })
      assert.deepEqual(kinds(await six(without.token)), ['403 00100', '429 00429'])
      const sound = await newToken(portique(), few)
      assert.deepEqual(kinds(await six(sound.token, unknownVersion)), ['404 00402', '429 00429'])
      const other = await newToken(portique(), few)
      assert.deepEqual(kinds(await six(other.token, quotient.replace('recipient=13002526500013&', ''))), [
        '422 00203',
        '429 00429',
      ])
    })

    test('an answer tells the tightest of the limits that count it', async () => {
      const { token } = await newToken(portique(), few)
      const { headers } = await callWith(portique(), token)
      assert.deepEqual([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')], ['2', '1'])
    })

    test('an expired token is blocked, kept out and counted as any other, and then told of its end', async () => {
      const counted = await newToken(portique(), few)
      const kept = await newToken(portique(), { ...elsewhere, ...few })
      const blocked = await newToken(portique(), few)
      await passDays(portique(), 550)
      assert.equal((await block(blocked)).status, 200)
      const seen = await six(counted.token, unknownVersion)
      assert.deepEqual(kinds(seen), ['401 00103', '429 00429'])
      for (const { headers } of seen)
        for (const name of ['limit', 'remaining', 'reset'])
          assert.match(headers.get(`ratelimit-${name}`) ?? '', /^\d+$/)
      assert.deepEqual(kinds(await six(kept.token)), ['403 00107'])
      assert.deepEqual(kinds(await six(blocked.token)), ['401 00105'])
    })
  })
