import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CachedToken, createTokenCache } from './token-cache.js'

const entry = (tokenId: string, grantId?: string): CachedToken => ({
  verified: {
    tokenId,
    ...(grantId !== undefined && { grantId }),
    applicationId: 'cli',
    platform: 'p',
    environment: 'production',
    scopes: new Set(),
    expiresAt: 1,
  },
  record: {
    access: {
      id: 'cli',
      name: 'cli',
      platform: 'p',
      environment: 'production',
      state: 'active',
      subscriptions: new Map(),
    },
    type: 'private',
    redirectUris: [],
    eventUrl: null,
    purpose: null,
    credentials: [],
  },
})

test('the cache never holds more than its bound and forgets what was unused for longest', () => {
  const cache = createTokenCache(4)
  for (const token of ['a', 'b', 'c', 'd']) cache.set(token, entry(`#${token}`))
  cache.get('a')
  cache.set('e', entry('#e'))
  assert.equal(cache.size, 4)
  assert.equal(cache.get('b'), undefined)
  assert.ok(cache.get('a') && cache.get('e'))
})

test('a token is dropped by its hash, all tokens of a grant by the grant, others stay', () => {
  const cache = createTokenCache(10)
  cache.set('a', entry('#a', 'grant'))
  cache.set('b', entry('#b', 'grant'))
  cache.set('c', entry('#c'))
  cache.drop('#a')
  assert.equal(cache.get('a'), undefined)
  assert.ok(cache.get('b'))
  cache.drop('grant')
  assert.equal(cache.get('b'), undefined)
  cache.drop('unknown')
  assert.ok(cache.get('c'))
  assert.equal(cache.size, 1)
})
