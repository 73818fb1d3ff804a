import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { storeKinds } from '../start/place.js'
import { sharedPortique, startProcess } from '../start/portique.js'
import { createBrowser } from './browser.js'
import { issuerOf, signedInTokens } from './people.js'

for (const kind of storeKinds)
  describe(`a realm's keys, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)
    const published = async (): Promise<string[]> => {
      const { keys }: { keys: { kid: string }[] } = JSON.parse(
        await (await fetch(`${issuerOf(portique(), 'individu')}/jwks`)).text(),
      )
      return keys.map(({ kid }) => kid)
    }
    const advance = (advanceSeconds: number) =>
      fetch(`${portique().url}/dev/clock`, {
        method: 'POST',
        body: JSON.stringify({ advanceSeconds }),
        headers: { 'content-type': 'application/json' },
      })
    const kidOf = ({ tokens }: Awaited<ReturnType<typeof signedInTokens>>) =>
      decodeProtectedHeader(tokens.id_token ?? '').kid ?? ''

    test('rotate by a command, verify by both keys during the overlap, by the new one after it', async () => {
      const before = await signedInTokens(portique(), 'individu')
      const command = startProcess(
        ['realm', 'rotate-keys', 'france-travail/individu', '--overlap', '9000'],
        portique().place.environment,
      )
      await command.waitFor(() => command.stdout().includes('old key until'))
      const during = await published()
      assert.equal(during.length, 2)
      assert.equal(during[0], kidOf(before), 'the old key signs until every node knows the new one')
      await advance(6)
      const after = await signedInTokens(portique(), 'individu')
      assert.notEqual(kidOf(after), kidOf(before))
      assert.deepEqual(new Set(await published()), new Set([kidOf(before), kidOf(after)]))
      const out = await createBrowser(portique().url).go(
        `${issuerOf(portique(), 'individu')}/session/end?id_token_hint=${before.tokens.id_token}`,
      )
      assert.equal(out.status, 200, 'an ID token signed before is still known')
      await advance(9000)
      assert.deepEqual(await published(), [kidOf(after)])
    })
  })
