import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { authorizeUrl, scope } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, landed, redirectUri, signIn } from './people.js'

const parallel = 50
const rounds = 10

for (const kind of storeKinds)
  describe(`${parallel} uses at once, ${rounds} times, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)
    const redeem = (form: Readonly<Record<string, string>>) => {
      const { client_id, client_secret } = applicationOf(portique(), 'private')
      const body = new URLSearchParams({ client_id, client_secret: client_secret ?? '', ...form })
      return fetch(`${portique().url}/connexion/oauth2/access_token?realm=%2Findividu`, { method: 'POST', body })
    }
    const race = async (form: Readonly<Record<string, string>>) => {
      const answers = await Promise.all(Array.from({ length: parallel }, () => redeem(form)))
      const told = await Promise.all(answers.map(async (each) => ({ status: each.status, text: await each.text() })))
      for (const { status, text } of told) if (status !== 200) assert.match(text, /invalid_grant/)
      assert.equal(told.filter(({ status }) => status === 200).length, 1)
    }

    test('a code is redeemed once, a refresh token renewed once', async () => {
      const { browser } = await signIn(authorizeUrl(portique()), 'angela-martin', createBrowser(portique().url))
      const codeAgain = async () => landed(await browser.go(authorizeUrl(portique()))).searchParams.get('code') ?? ''
      for (let round = 0; round < rounds; round += 1) {
        await race({ grant_type: 'authorization_code', code: await codeAgain(), redirect_uri: redirectUri })
        const form = { grant_type: 'authorization_code', code: await codeAgain(), redirect_uri: redirectUri }
        const given: { refresh_token?: string; scope?: string } = JSON.parse(await (await redeem(form)).text())
        assert.equal(given.scope, scope)
        await race({ grant_type: 'refresh_token', refresh_token: given.refresh_token ?? '' })
      }
    })
  })
