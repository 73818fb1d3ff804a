import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeProtectedHeader } from 'jose'
import * as openid from 'openid-client'
import { storeKinds } from '../start/place.js'
import { ownPortique, startProcess } from '../start/portique.js'
import { createBrowser } from './browser.js'
import { call, everyday, issuerOf, redirectUri, signedInTokens, signIn } from './people.js'

for (const kind of storeKinds)
  describe(`a realm's keys, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
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
      await advance(601)
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

    test('a key that leaked is taken away at once, and another signs', async () => {
      const before = await signedInTokens(portique(), 'individu')
      const drop = async (kid: string) => {
        const command = startProcess(
          ['realm', 'drop-key', 'france-travail/individu', kid],
          portique().place.environment,
        )
        const [code] = await once(command.process, 'close')
        return { code, told: `${command.stdout()}${command.stderr()}` }
      }
      const unknown = await drop('none')
      assert.equal(unknown.code, 1)
      assert.match(unknown.told, new RegExp(kidOf(before)), 'it names those that there are')
      const dropped = await drop(kidOf(before))
      assert.deepEqual([dropped.code, (await published()).includes(kidOf(before))], [0, false], dropped.told)
      const after = await signedInTokens(portique(), 'individu')
      assert.notEqual(kidOf(after), kidOf(before))
      assert.deepEqual((await published())[0], kidOf(after))
      const end = `${issuerOf(portique(), 'individu')}/session/end?id_token_hint=`
      const out = await createBrowser(portique().url).go(`${end}${before.tokens.id_token}`)
      assert.equal(out.status, 400, 'what it signed is nothing any more')
      const path = '/partenaire/peconnect-coordonnees/v1/coordonnees'
      assert.equal((await call(portique(), path, before.tokens.access_token)).status, 200, 'access goes on')
    })

    test('rotate while people sign in: an application that verifies every ID token never fails', async () => {
      const command = startProcess(['realm', 'rotate-keys', 'france-travail/individu'], portique().place.environment)
      await command.waitFor(() => command.stdout().includes('old key until'))
      const now: { now: string } = JSON.parse(await (await fetch(`${portique().url}/dev/clock`)).text())
      const signsFrom = Date.parse(/signs from +(\S+)/.exec(command.stdout())?.[1] ?? '')
      // What openid-client, as others, may keep keys for without looking again.
      assert.ok(signsFrom - Date.parse(now.now) > 300_000, 'published long enough before it signs')
      const kids: string[] = []
      let switched = false
      /** One application, which from here on keeps the keys that it has fetched. */
      const signing = async () => {
        const { browser, configuration } = await signedInTokens(portique(), 'individu')
        openid.enableNonRepudiationChecks(configuration)
        for (let more = 0; more < 3; more += switched ? 1 : 0) {
          const before = switched
          const verifier = openid.randomPKCECodeVerifier()
          const [state, nonce] = [openid.randomState(), openid.randomNonce()]
          const start = openid.buildAuthorizationUrl(configuration, {
            ...{ redirect_uri: redirectUri, scope: everyday.individu.scope, state, nonce },
            code_challenge: await openid.calculatePKCECodeChallenge(verifier),
            code_challenge_method: 'S256',
          })
          const { callback } = await signIn(start, everyday.individu.persona, browser)
          const checks = {
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
          }
          const tokens = await openid
            .authorizationCodeGrant(configuration, callback, checks)
            .catch((error: unknown) => {
              // The clock went past the life of the code that was under way.
              if (before !== switched) return undefined
              throw error
            })
          if (tokens === undefined) continue
          kids.push(decodeProtectedHeader(tokens.id_token ?? '').kid ?? '')
        }
      }
      const switching = async () => {
        while (kids.length < 3) await sleep(20)
        switched = true
        await advance(601)
      }
      await Promise.all([signing(), signing(), signing(), switching()])
      const [newest] = await published()
      assert.equal(new Set(kids).size, 2, 'signed by both')
      assert.equal(kids.at(-1), newest)
    })
  })
