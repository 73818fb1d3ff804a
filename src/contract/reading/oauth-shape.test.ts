import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardOAuthHabits } from '../oauth-habits.js'
import { oauthHabitsOf, oauthShape } from './oauth-shape.js'

test('an empty block means the standard habits', () => {
  assert.deepEqual(oauthHabitsOf(oauthShape.parse({})), standardOAuthHabits)
})

test('a client identifier without a random part, unknown keys and relative paths are refused', () => {
  assert.ok(oauthShape.safeParse({ client_id: 'PAR_{name}_{hex}' }).success)
  const wrong = [
    { client_id: 'PAR_{name}' },
    { client_id: 'fixed' },
    { client_id: 'a b{id}' },
    { token_path: 'token' },
    { shared_token_paths: ['/token/'] },
    { client_authentication: [] },
    { missing_scope: 'none' },
    { secrets: 'hex' },
  ]
  for (const settings of wrong) assert.equal(oauthShape.safeParse(settings).success, false, JSON.stringify(settings))
})
