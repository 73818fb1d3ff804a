import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { loadPlatforms } from '../load-platforms.js'
import { onDisk, soundPlatform } from '../platform-on-disk.js'

const sound = `credentials: { kind: api-key, secret: books_key }
errors:
  - { status: [404, 410], is: not_found }
operations:
  listBooks:
    request:
      path: /livres
      pairs:
        - { from: /parameters/author, to: /query/auteur, convert: upper }
    answer:
      pairs:
        - from: /livres
          to: ""
          each:
            - { from: /titre, to: /title }
            - { from: /pages, to: /pages, convert: integer }
  readBook:
    request:
      path: /livres/{numero}
      pairs:
        - { from: /parameters/id, to: /path/numero }
    answer:
      pairs:
        - { from: /titre, to: /title }
`

const read = (text: string) =>
  onDisk({ ...soundPlatform, 'house/apis/books/1/adapter.yaml': text }, async (folder) => {
    const { platforms, mistakes } = await loadPlatforms(folder)
    return { platform: platforms[0], mistakes }
  })

describe('adapter.yaml', () => {
  it('is read beside api.yaml', async () => {
    const { platform, mistakes } = await read(sound)
    assert.deepEqual(mistakes, [])
    const adapter = platform?.apis[0]?.adapter
    assert.deepEqual(adapter?.credentials, { kind: 'api-key', header: 'X-Api-Key', secret: 'books_key' })
    assert.deepEqual(adapter?.errors, [{ statuses: ['404', '410'], when: null, is: 'not_found', provider: null }])
    assert.equal(adapter?.operations.readBook?.request.method, 'GET')
    assert.ok(Object.isFrozen(adapter?.operations.readBook?.answer.pairs[0]))
  })

  it('tells an end before a day from an error code: the status is enough for the others', async () => {
    const ended = '{ status: 200, at: /fin, before: { day: 2010-01-01, format: YYYYMMDD }, is: not_found }'
    const { platform, mistakes } = await read(sound.replace('{ status: [404, 410], is: not_found }', ended))
    assert.deepEqual(mistakes, [])
    const when = { at: '/fin', among: [], before: { day: '2010-01-01', format: 'YYYYMMDD' } }
    assert.deepEqual(platform?.apis[0]?.adapter?.errors[0]?.when, when)
  })

  const wrong: readonly [string, string, string, number, RegExp, RegExp][] = [
    ['a conversion that is none', 'convert: upper', 'convert: uper', 9, /no conversion is called "uper"/, /"upper"/],
    ['one in a list', 'convert: integer', 'convert: [integer, round]', 16, /called "round"/, /Known here/],
    [
      'an argument that is not its own',
      'convert: upper',
      'convert: { date: { from: YYYY, to: MM } }',
      9,
      /"date" is not written so/,
      /DD\/MM\/YYYY/,
    ],
    ['an argument for one that takes none', 'convert: upper', 'convert: { upper: 1 }', 9, /takes nothing/, /"upper"/],
    [
      'two conversions in one',
      'convert: upper',
      'convert: { join: " ", split: " " }',
      9,
      /several conversions/,
      /list/,
    ],
    ['a pointer that the contract has not', 'to: /pages', 'to: /page', 16, /nothing at "\/page"/, /"pages"/],
    ['a pointer that is none', 'to: /pages', 'to: pages', 16, /not a JSON Pointer/, /JSON Pointer/],
    ['a name that no object may have', 'to: /pages', 'to: /__proto__', 16, /no object may have/, /JSON Pointer/],
    [
      'a required property that nothing writes',
      '{ from: /titre, to: /title }\n            -',
      '',
      14,
      /"\/title"/,
      /Add a pair/,
    ],
    [
      'a parameter that is never used',
      'from: /parameters/author',
      'from: /call/request_id',
      6,
      /"author" is never used/,
      /unused/,
    ],
    ['a parameter that there is not', '/parameters/author', '/parameters/autor', 9, /no parameter "autor"/, /"author"/],
    ['a fact that a call has not', '/parameters/author', '/call/password', 9, /a call has no "password"/, /request_id/],
    ['a source that is none', '/parameters/author', '/headers/cookie', 9, /nothing stands at/, /parameters/],
    ['a target that is none', '/query/auteur', '/cookies/auteur', 9, /no part of a request/, /query/],
    ['a body of a GET', '/query/auteur', '/body/auteur', 7, /a GET has no body/, /POST/],
    [
      'a hole that nothing fills',
      '/livres/{numero}',
      '/livres/{numero}/{tome}',
      19,
      /nothing fills "\{tome\}"/,
      /path\/tome/,
    ],
    ['a value for no hole', '/livres/{numero}', '/livres', 19, /no "\{numero\}"/, /Write/],
    ['a dot segment', 'path: /livres\n', 'path: /../livres\n', 7, /a dot segment/, /Path/],
    ['an operation that there is not', 'readBook:', 'readBok:', 17, /no operation "readBok"/, /"readBook"/],
    [
      'a status that the contract has not',
      'answer:\n      pairs:\n        - { from: /titre',
      'answer:\n      status: 201\n      pairs:\n        - { from: /titre',
      23,
      /no JSON answer 201/,
      /200/,
    ],
    ['an outcome that there is not', 'is: not_found', 'is: nobody', 3, /not known/, /not_found/],
    [
      'an error in an answer that nobody tells from a success',
      '{ status: [404, 410], is: not_found }',
      '{ status: [200, 404], at: /code, equals: "40", is: not_found }',
      3,
      /nothing says which 200 is a success/,
      /success: \{ at: \/code, equals: /,
    ],
    [
      'two conditions at one place',
      '[404, 410], is',
      '200, at: /fin, equals: "", before: { day: 2010-01-01, format: YYYYMMDD }, is',
      3,
      /one of `equals`, `in` and `before`/,
      /./,
    ],
    [
      'a bound that no calendar has',
      '[404, 410], is',
      '200, at: /fin, before: { day: 2010-02-30, format: YYYYMMDD }, is',
      3,
      /./,
      /no longer holds/,
    ],
    [
      'a date that names no day',
      '[404, 410], is',
      '200, at: /fin, before: { day: 2010-01-01, format: YYYY-MM }, is',
      3,
      /./,
      /YYYY-MM-DD/,
    ],
    ['a success that is an error', 'errors:', 'success: { status: 404 }\nerrors:', 2, /success|299/, /./],
    ['a status that is none', '[404, 410]', '[404, 4XXX]', 3, /neither a status/, /5XX/],
    [
      'a secret in place of its name',
      'secret: books_key',
      'secret: "hunter2!"',
      1,
      /not a name of a secret/,
      /never the secret/,
    ],
    [
      'a header that is not ours to write',
      '/query/auteur',
      '/headers/Authorization',
      9,
      /not the adapter/,
      /credentials/,
    ],
  ]
  for (const [kind, from, to, line, reason, mend] of wrong)
    it(`refuses ${kind}: line, reason, mend`, async () => {
      assert.ok(sound.includes(from), from)
      const { mistakes } = await read(sound.replace(from, to))
      const told = mistakes.find((mistake) => reason.test(mistake.reason))
      assert.ok(told !== undefined, JSON.stringify(mistakes, null, 1))
      assert.match(told.file, /adapter\.yaml$/)
      assert.equal(told.line, line, JSON.stringify(told))
      assert.match(told.mend, mend)
    })

  const tables: readonly [string, string, RegExp | null][] = [
    ['pattern: "^[MFmf]$"', 'convert: { table: { M: "1", F: "2" } }', /leaves out "m", "f"/],
    ['pattern: "^[MFmf]$"', 'convert: [upper, { table: { M: "1", F: "2" } }]', null],
    ['pattern: "^(?:1D|2D|LP)$"', 'convert: { table: { 1D: "1", 2D: "2" } }', /leaves out "LP"/],
    ['enum: [M, F]', 'convert: { table: { M: "1" } }', /leaves out "F"/],
    ['enum: [M, F]', 'convert: { table: { M: "1", "*": "2" } }', null],
    ['pattern: "^[A-Z]+$"', 'convert: { table: { M: "1" } }', null],
  ]
  for (const [schema, convert, reason] of tables)
    it(`${schema} with ${convert}: ${reason ?? 'holds'}`, async () => {
      const contract = guideContract.replace(
        'name: numero, in: query, required: true, schema: { type: string',
        (all) => `${all}, ${schema}`,
      )
      assert.ok(contract.includes(schema))
      const guide = await guideAdapter()
      const files = filesOf(
        contract,
        guide.replace('/parameters/numero, to: /path/numero', (all) => `${all}, ${convert}`),
      )
      await onDisk(files, async (folder) => {
        const { mistakes } = await loadPlatforms(folder)
        if (reason === null) return assert.deepEqual(mistakes, [])
        assert.match(mistakes[0]?.reason ?? '', reason)
        assert.match(mistakes[0]?.mend ?? '', /upper/)
        assert.equal(mistakes[0]?.line, guide.split('\n').findIndex((line) => line.includes('/path/numero')) + 1)
      })
    })

  it('refuses a file that is no YAML, or leaves an operation out', async () => {
    assert.match((await read('operations: [')).mistakes[0]?.reason ?? '', /not YAML/)
    const { mistakes } = await read(sound.slice(0, sound.indexOf('  readBook:')))
    assert.match(mistakes[0]?.reason ?? '', /"readBook" of the contract is not adapted/)
  })

  it('the example of the provider’s guide holds', async () => {
    await onDisk(filesOf(guideContract, await guideAdapter()), async (folder) =>
      assert.deepEqual((await loadPlatforms(folder)).mistakes, []),
    )
  })
})

async function guideAdapter(): Promise<string> {
  const guide = await readFile('docs/guides/provider.md', 'utf8')
  return /```yaml\n(credentials:[^`]*)```/.exec(guide)?.[1] ?? assert.fail('no example')
}

const filesOf = (contract: string, adapter: string) => ({
  ...soundPlatform,
  'house/apis/books/1/openapi.yaml': contract,
  'house/apis/books/1/sandbox/candide.yaml': null,
  'house/apis/books/1/adapter.yaml': adapter,
})

const guideContract = `openapi: 3.1.0
info: { title: Dossiers, version: 1.0.0 }
paths:
  /dossiers:
    get:
      operationId: lireDossier
      parameters:
        - { name: numero, in: query, required: true, schema: { type: string } }
        - { name: naissance, in: query, schema: { type: string, format: date } }
        - { name: "prenoms[]", in: query, schema: { type: array, items: { type: string } } }
        - { name: recipient, in: query, schema: { type: string } }
      responses:
        "200":
          description: Un dossier
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties:
                  data:
                    type: object
                    required: [montant, actif, fin]
                    properties:
                      montant: { type: integer }
                      actif: { type: boolean }
                      fin: { type: [string, "null"], format: date }
                      enfants: { type: array, items: { type: object, properties: { nom: { type: string } } } }
`
