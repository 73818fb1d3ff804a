import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '#base'
import { createVault } from './vault.js'

const key = Buffer.alloc(32, 7)
const vault = createVault(key)
const unsealed = (error: unknown) => isProblem(error) && error.code === 'storage/unsealed' && error.cause === undefined

test('a secret comes back whole, with its accents, and empty too', () => {
  for (const plain of ['', 'sésame ☃ 𝄞', 'x'.repeat(100_000)]) {
    assert.equal(vault.open(vault.seal(plain, 'credential:cre_1'), 'credential:cre_1'), plain)
  }
})

test('two seals of one secret differ, and the secret is not in them', () => {
  const first = vault.seal('motdepasse', 'c')
  assert.notEqual(first, vault.seal('motdepasse', 'c'))
  assert.match(first, /^v1\.[\w-]{8}\.[\w-]+$/)
  assert.ok(!Buffer.from(first.split('.')[2] ?? '', 'base64url').includes('motdepasse'))
})

test('another context, another key and each altered byte are refused alike', () => {
  const sealed = vault.seal('secret', 'credential:cre_1')
  assert.throws(() => vault.open(sealed, 'credential:cre_2'), unsealed)
  assert.throws(() => createVault(Buffer.alloc(32, 8)).open(sealed, 'credential:cre_1'), unsealed)
  const [version, keyId, body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  for (let index = 0; index < bytes.length; index += 1) {
    const altered = Buffer.from(bytes)
    altered[index] = (altered[index] ?? 0) ^ 1
    assert.throws(
      () => vault.open(`${version}.${keyId}.${altered.toString('base64url')}`, 'credential:cre_1'),
      unsealed,
    )
  }
})

test('what is no seal at all is refused', () => {
  for (const text of [
    '',
    'v1',
    'v1..',
    'v2.a.b',
    'v1.aaaaaaaa.bbbb',
    vault.seal('a', 'c').replace('v1', 'v2'),
    `${vault.seal('a', 'c')}.x`,
  ]) {
    assert.throws(() => vault.open(text, 'c'), unsealed, text)
  }
})

test('a cut seal is refused, its tag included', () => {
  const sealed = vault.seal('secret', 'c')
  for (let length = sealed.length - 2; length > 12; length -= 1) {
    assert.throws(() => vault.open(sealed.slice(0, length), 'c'), unsealed)
  }
})

test('during a rotation the older key opens, the newer seals', () => {
  const newer = Buffer.alloc(32, 9)
  const both = createVault(newer, [key])
  assert.equal(both.open(vault.seal('old', 'c'), 'c'), 'old')
  assert.equal(createVault(newer).open(both.seal('new', 'c'), 'c'), 'new')
  assert.throws(() => vault.open(both.seal('new', 'c'), 'c'), unsealed)
})

test('a key of another length is refused', () => {
  assert.throws(() => createVault(Buffer.alloc(16)), RangeError)
  assert.throws(() => createVault(key, [Buffer.alloc(33)]), RangeError)
})
