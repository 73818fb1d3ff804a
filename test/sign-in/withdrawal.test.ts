import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, createBrowser } from './browser.js'
import { byHost } from './by-host.js'
import { signIn } from './people.js'
import {
  nodesCall,
  nodesIssuerPath,
  nodesPersona,
  nodesRedirectUri,
  nodesScope,
  sharedServeNodes,
} from './serve-nodes.js'

const verifier = 'a-verifier-that-stays-the-same-for-every-code'
const challenge = 'SgB7T3amqLgA3Zb0WAsjoSUMBCPJYBAs-WDRQGoF7qE'
const rounds = 5
/** Promised in docs/decisions/0003-opaque-tokens.md. */
const boundMilliseconds = 1000

const { DATABASE_URL } = process.env
describe('a withdrawal, with two processes on one PostgreSQL', {
  skip: DATABASE_URL === undefined ? 'without DATABASE_URL there is one node only' : false,
}, () => {
  const nodes = sharedServeNodes(DATABASE_URL ?? '')
  const tokenOf = async (browser: Browser): Promise<string> => {
    const { authorizationUrl, client } = nodes()
    const authorize = new URL(`${authorizationUrl}${nodesIssuerPath}/authorize`)
    const asked = { response_type: 'code', client_id: client.client_id, redirect_uri: nodesRedirectUri }
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    for (const [name, value] of Object.entries({ ...asked, ...pkce, scope: nodesScope }))
      authorize.searchParams.set(name, value)
    const { callback } = await signIn(authorize, nodesPersona, browser)
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: nodesRedirectUri,
      code_verifier: verifier,
      ...client,
    }
    const body = new URLSearchParams({ ...form, code: callback.searchParams.get('code') ?? '' })
    const answer = await fetch(`${authorizationUrl}${nodesIssuerPath}/token`, { method: 'POST', body })
    const { access_token }: { access_token?: string } = JSON.parse(await answer.text())
    assert.ok(access_token)
    return access_token
  }
  const callAt = async (node: number, token: string) => {
    const { ports, gatewayUrl } = nodes()
    const authorization = `Bearer ${token}`
    return (await byHost(ports[node] ?? 0, new URL(gatewayUrl).host, { path: nodesCall, authorization })).status
  }

  test(`on one is in force there at once, on the other within ${boundMilliseconds} ms`, async (t) => {
    const { authorizationUrl, balancer, client } = nodes()
    const browser = createBrowser(authorizationUrl)
    const delays: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      balancer.choose(null)
      const token = await tokenOf(browser)
      const page = await browser.go(`${authorizationUrl}${nodesIssuerPath}/consents`)
      await sleep(1100)
      // Both have proven the token and keep it in memory.
      for (const node of [0, 1, 0, 1]) assert.equal(await callAt(node, token), 200, `node ${node}`)
      balancer.choose(0)
      await browser.submit(page, /\/withdraw$/, { consent: client.client_id })
      const done = performance.now()
      assert.equal(await callAt(0, token), 401, 'where it was withdrawn: the very next call')
      while ((await callAt(1, token)) !== 401)
        assert.ok(performance.now() - done < 5000, 'the other never learned of it')
      delays.push(Math.round(performance.now() - done))
    }
    t.diagnostic(`refused on the other node after ${delays.join(', ')} ms`)
    assert.ok(Math.max(...delays) <= boundMilliseconds, delays.join(', '))
  })
})
