import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadPlatforms } from '../load-platforms.js'
import { onDisk, soundPlatform } from '../platform-on-disk.js'

const file = 'house/apis/books/1/openapi.yaml'
const told = (document: string) =>
  onDisk({ ...soundPlatform, [file]: document }, async (folder) => {
    const { mistakes } = await loadPlatforms(folder)
    return mistakes.map(({ line, reason, mend }) => `${line}: ${reason}. ${mend}`)
  })
const sound = soundPlatform[file]

describe('the call that a parameter comes from', () => {
  const from = (origin: string) =>
    told(
      sound.replace(
        'schema: { type: string } }\n      responses:\n        "200":\n          description: Books',
        `schema: { type: string }, x-obtained-from: ${origin} }\n      responses:\n        "200":\n          description: Books`,
      ),
    )
  const cases: readonly (readonly [string, RegExp | null])[] = [
    ['{ api: books/1, operation: readBook, field: title }', null],
    ['{ api: boks/1, operation: readBook, field: title }', /^8: the platform has no API "boks\/1"\..*"books\/1"/],
    ['{ api: books/1, operation: redBook, field: title }', /^8: "books\/1" has no operation "redBook"\..*"readBook"/],
    ['{ api: books/1, operation: readBook, field: titel }', /^8: no answer of "readBook" holds "titel"\..*"title"/],
    ['{ api: books/1, operation: readBook }', /^8: the key ".*x-obtained-from\.field" is missing/],
    ['books/1', /^8: ".*x-obtained-from" is a text/],
  ]
  for (const [origin, expected] of cases)
    it(`${origin}: ${expected ?? 'no mistake'}`, async () => {
      const mistakes = await from(origin)
      assert.equal(mistakes.length, expected === null ? 0 : 1, mistakes.join('\n'))
      if (expected !== null) assert.match(mistakes.join(), expected)
    })
})

describe('the provider that a contract names', () => {
  const named = (provider: string) =>
    told(sound.replace('version: 1.0.0 }', `version: 1.0.0, x-provider: ${provider} }`))
  const cases: readonly (readonly [string, RegExp | null])[] = [
    ['{ code: "23", name: CNAF }', null],
    ['{ code: 23, name: CNAF }', /^2: "info\.x-provider\.code" is a number/],
    ['{ code: "2", name: CNAF }', /^2: "info\.x-provider\.code": not two digits/],
    ['{ code: "23", nom: CNAF }', /x-provider\.name" is missing.*unknown key "info\.x-provider\.nom"/s],
    ['CNAF', /^2: "info\.x-provider" is a text/],
  ]
  for (const [provider, expected] of cases)
    it(`${provider}: ${expected ?? 'no mistake'}`, async () => {
      const mistakes = await named(provider)
      if (expected === null) assert.deepEqual(mistakes, [])
      else assert.match(mistakes.toSorted().join('\n'), expected)
    })
})
