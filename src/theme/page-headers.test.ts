import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formActionSource } from './form-action-source.js'
import { pageHeaders } from './page-headers.js'

const formAction = (formActionOrigins?: readonly string[]) =>
  /form-action ([^;]*)/.exec(
    pageHeaders(formActionOrigins && { formActionOrigins })['Content-Security-Policy'] ?? '',
  )?.[1]

test('a page may not be framed, kept, or tell where it was, and runs nothing', () => {
  const headers = pageHeaders()
  assert.match(headers['Content-Security-Policy'] ?? '', /^default-src 'none';.*frame-ancestors 'none'$/)
  assert.doesNotMatch(headers['Content-Security-Policy'] ?? '', /unsafe|script-src|\*/)
  assert.equal(headers['Cache-Control'], 'no-store')
  assert.equal(headers['Referrer-Policy'], 'no-referrer')
})

test('forms go to ourselves, and to the origins that were named and where their answers may lead on, once each', () => {
  assert.equal(formAction(), "'self'")
  assert.equal(
    formAction(['https://a.exemple/cb?x=1', 'https://a.exemple/other', 'http://127.0.0.1:8000/cb']),
    "'self' https://a.exemple https: http://127.0.0.1:8000 http://localhost:* http://127.0.0.1:*",
  )
})

const sources: readonly (readonly [string, string | null])[] = [
  ['fr.exemple.app:/cb', 'fr.exemple.app:'],
  ['http://[::1]:8000/cb', 'http:'],
  ['https://[2001:db8::1]/cb', null],
  ['https://É.exemple/', 'https://xn--9ca.exemple'],
  ['https://a.exemple; script-src *', null],
  ['https://*.exemple/', null],
  ["https://'unsafe-inline'/", null],
  ["https://a.exemple/;script-src 'unsafe-inline'\r\nX: y", 'https://a.exemple'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['blob:https://a.exemple/1', null],
  ['/relative', null],
  ['*', null],
  ['', null],
]

const further = new Set(['https:', 'http://localhost:*', 'http://127.0.0.1:*'])

for (const [uri, source] of sources)
  test(`form-action for ${JSON.stringify(uri)}: ${source}`, () => {
    assert.equal(formActionSource(uri), source)
    const said = formAction([uri])
      ?.split(' ')
      .filter((each) => !further.has(each))
    assert.deepEqual(said, source === null ? ["'self'"] : ["'self'", source])
  })
