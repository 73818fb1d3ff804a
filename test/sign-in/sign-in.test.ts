import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as openid from 'openid-client'
import { storeKinds } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { call, everyday, landed, type RealmName, redirectUri, signedInTokens } from './people.js'

for (const kind of storeKinds)
  describe(`people sign in, on the ${kind.name}`, () => {
    const portique = sharedPortique(kind)

    for (const realm of Object.keys(everyday) as RealmName[])
      for (const type of ['private', 'public'] as const)
        test(`openid-client drives the whole flow in ${realm} as a ${type} application`, async () => {
          const signed = await signedInTokens(portique(), realm, { type })
          const { configuration, tokens, callback, application } = signed
          const claims = tokens.claims()
          assert.ok(claims)
          assert.equal(callback.searchParams.get('client_id'), application.client_id)
          assert.equal(callback.searchParams.get('scope'), tokens.scope)
          assert.equal(callback.searchParams.get('iss'), configuration.serverMetadata().issuer)
          assert.equal(tokens.nonce, signed.nonce, 'the nonce is echoed in the answer')
          assert.equal(tokens.expires_in, 1499)
          const shown = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          assert.equal(shown.given_name, claims.given_name)
          assert.ok(tokens.refresh_token)
          const renewed = await openid.refreshTokenGrant(configuration, tokens.refresh_token)
          assert.notEqual(renewed.refresh_token, tokens.refresh_token)
          await openid.tokenRevocation(configuration, renewed.refresh_token ?? '')
          await assert.rejects(openid.refreshTokenGrant(configuration, renewed.refresh_token ?? ''))
          const gone = await fetch(configuration.serverMetadata().userinfo_endpoint ?? '', {
            headers: { authorization: `Bearer ${renewed.access_token}` },
          })
          assert.equal(gone.status, 401)
          const out = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: redirectUri, state: 'out' }
          const left = landed(await signed.browser.go(openid.buildEndSessionUrl(configuration, out)))
          assert.equal(left.href, `${redirectUri}?state=out`)
          const silent = openid.buildAuthorizationUrl(configuration, {
            ...{ redirect_uri: redirectUri, scope: everyday[realm].scope, state: 's', nonce: 'n', prompt: 'none' },
            code_challenge: await openid.calculatePKCECodeChallenge(signed.verifier),
            code_challenge_method: 'S256',
          })
          assert.equal(landed(await signed.browser.go(silent)).searchParams.get('error'), 'login_required')
        })

    test('Angela lets an application read three of her APIs, and with a scope less it is refused', async () => {
      const three = {
        '/partenaire/peconnect-coordonnees/v1/coordonnees': 'api_peconnect-coordonneesv1 coordonnees',
        '/partenaire/peconnect-statut/v1/statut': 'api_peconnect-statutv1 statut',
        '/partenaire/peconnect-indemnisations/v1/indemnisation': 'api_peconnect-indemnisationsv1 indemnisation',
      }
      const scope = ['openid', ...Object.values(three)].join(' ')
      const { tokens } = await signedInTokens(portique(), 'individu', { scope })
      for (const path of Object.keys(three))
        assert.equal((await call(portique(), path, tokens.access_token)).status, 200, path)
      const fewer = await signedInTokens(portique(), 'individu', { scope: scope.replace(' statut', '') })
      const refused = await call(portique(), '/partenaire/peconnect-statut/v1/statut', fewer.tokens.access_token)
      assert.equal(refused.status, 403)
    })
  })
