import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as openid from 'openid-client'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { authorizeUrl, scope } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, call, issuerOf, landed, redirectUri, signedInTokens } from './people.js'

const coordonnees = '/partenaire/peconnect-coordonnees/v1/coordonnees'

for (const kind of storeKinds)
  describe(`consent, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)

    test('a withdrawal ends tokens on the very next call, refresh tokens too, and asks again next time', async () => {
      const { tokens, browser, configuration } = await signedInTokens(portique(), 'individu', { scope })
      assert.equal((await call(portique(), coordonnees, tokens.access_token)).status, 200)
      const page = await browser.go(`${portique().url}/compte/consentements`)
      assert.match(page.text, /Demo/)
      const done = await browser.submit(page, /\/withdraw$/, {
        consent: applicationOf(portique(), 'private').client_id,
      })
      assert.equal((await call(portique(), coordonnees, tokens.access_token)).status, 401)
      assert.match(done.text, /Accès retiré/)
      await assert.rejects(openid.refreshTokenGrant(configuration, tokens.refresh_token ?? ''), {
        error: 'invalid_grant',
      })
      const again = await browser.go(authorizeUrl(portique()))
      assert.match(again.text, /\/decision"/, 'the person is asked again')
    })

    test('the page of consents signs in first whom it does not know, and takes no form but its own', async () => {
      const browser = createBrowser(portique().url)
      const page = await browser.go(`${portique().url}/compte/consentements`)
      const shown = await browser.submit(page, /\/persona$/, { persona: 'sophie-garnier' })
      assert.equal(shown.status, 200)
      assert.match(shown.text, /Sophie Garnier/)
      assert.match(shown.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
      const at = `${issuerOf(portique(), 'individu')}/consents?withdrawn=`
      const said = await browser.go(`${at}${encodeURIComponent('Appelez le 01 99 00 00 00')}`)
      assert.doesNotMatch(said.text, /Appelez le/, 'an address puts no words on the page')
      const { client_id, name } = applicationOf(portique(), 'private')
      assert.match((await browser.go(`${at}${client_id}`)).text, new RegExp(`role="status"[^]*?${name}`))
      const forged = await browser.post(`${issuerOf(portique(), 'individu')}/consents/withdraw`, {
        consent: 'x',
        csrf: 'x',
      })
      assert.equal(forged.status, 403)
    })

    test('what was agreed is not asked again, in another browser either; more is', async () => {
      await signedInTokens(portique(), 'individu', { scope, persona: 'karim-belkacem' })
      const browser = createBrowser(portique().url)
      const page = await browser.go(authorizeUrl(portique()))
      const back = await browser.submit(page, /\/persona$/, { persona: 'karim-belkacem' })
      assert.ok(landed(back).searchParams.get('code'))
      const more = await browser.go(authorizeUrl(portique(), { scope: `${scope} api_peconnect-statutv1 statut` }))
      assert.match(more.text, /\/decision"/)
      assert.match(more.text, /d’autres données/)
    })

    test('scopes without personal data are not asked about', async () => {
      const browser = createBrowser(portique().url)
      const page = await browser.go(authorizeUrl(portique(), { scope: 'openid api_peconnect-individuv1' }))
      const back = await browser.submit(page, /\/persona$/, { persona: 'lucie-fontaine' })
      assert.ok(landed(back).searchParams.get('code'))
    })

    test('cancelling goes back with the state alone, refusing with access_denied', async () => {
      const cancelling = createBrowser(portique().url)
      const page = await cancelling.go(authorizeUrl(portique()))
      const cancelled = landed(await cancelling.submit(page, /\/cancel$/))
      assert.equal(cancelled.href, `${redirectUri}?state=kept-state`)
      const browser = createBrowser(portique().url)
      const asked = await browser.submit(await browser.go(authorizeUrl(portique())), /\/persona$/, {
        persona: 'paul-vidal',
      })
      const refused = landed(await browser.submit(asked, /\/decision$/, { decision: 'refuse' }))
      assert.equal(refused.searchParams.get('error'), 'access_denied')
      assert.equal(refused.searchParams.get('error_description'), 'Resource Owner did not authorize the request')
      assert.equal(refused.searchParams.get('state'), 'kept-state')
      assert.equal(refused.searchParams.get('code'), null)
    })

    test('a second application of the realm needs no second sign-in; signing out ends both', async () => {
      const first = await signedInTokens(portique(), 'individu', { scope, persona: 'thomas-leroy' })
      const { browser } = first
      const other = applicationOf(portique(), 'public')
      const pkce = { code_challenge: 'A'.repeat(43), code_challenge_method: 'S256' }
      const asked = await browser.go(authorizeUrl(portique(), { client_id: other.client_id, ...pkce }))
      assert.match(asked.text, /\/decision"/, 'only the consent is asked')
      assert.ok(landed(await browser.submit(asked, /\/decision$/, { decision: 'accept' })).searchParams.get('code'))
      const out = new URL(`${portique().url}/compte/deconnexion`)
      out.searchParams.set('id_token_hint', first.tokens.id_token ?? '')
      out.searchParams.set('redirect_uri', redirectUri)
      assert.equal(landed(await browser.go(out)).href, redirectUri)
      assert.equal((await call(portique(), coordonnees, first.tokens.access_token)).status, 401)
      for (const client_id of [first.application.client_id, other.client_id]) {
        const silent = landed(await browser.go(authorizeUrl(portique(), { client_id, prompt: 'none', ...pkce })))
        assert.equal(silent.searchParams.get('error'), 'login_required')
      }
    })
  })
