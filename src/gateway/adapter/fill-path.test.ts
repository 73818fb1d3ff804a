import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillPath } from './fill-path.js'

const filled = (value: string) => fillPath('/interne/{numero}/etat', new Map([['numero', value]]))

test('a value that a caller chose fills its own place of the path', () => {
  assert.equal(filled('990000003AB'), '/interne/990000003AB/etat')
  assert.equal(filled('L’Été 100%?a=b#c'), '/interne/L%E2%80%99%C3%89t%C3%A9%20100%25%3Fa%3Db%23c/etat')
  assert.equal(filled('a..b'), '/interne/a..b/etat')
})

test('a value that a provider may read as another path is none', () => {
  for (const value of [
    ...['', '.', '..', '...', '..;a=b', '../admin', 'a/b', '/', '..\\admin', 'a\\b'],
    ...['%2e%2e', '%2E', 'a%2fb', 'a%5Cb', '%252e%252e%252fadmin', 'a\r\nb', 'a\u0000b', 'a\u007fb', 'a\u0085b'],
  ])
    assert.equal(filled(value), null, JSON.stringify(value))
  assert.equal(fillPath('/{a}', new Map()), null)
})
