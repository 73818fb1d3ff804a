import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownReason } from './known-reason.js'

test('words of ours and of the library are told', () => {
  for (const reason of [
    'requested scope is not allowed',
    "redirect_uri did not match any of the client's registered redirect_uris",
    "missing required parameter 'response_type'",
    "'scope' and 'state' parameters must not be provided twice",
    "'scope', 'nonce', and 'state' parameters must not be provided twice",
  ])
    assert.equal(knownReason(reason), reason)
})

test('what could hold a value that came with the request is not', () => {
  for (const reason of [
    undefined,
    '',
    'Unexpected token \'a\', "alice@exemple.fr" is not valid JSON',
    "'alice@exemple.fr' parameter must not be provided twice",
    "missing required parameter 'scope' alice@exemple.fr",
    'the parameter alice@exemple.fr is repeated',
    'requested scope is not allowed: alice@exemple.fr',
  ])
    assert.equal(knownReason(reason), undefined)
})
