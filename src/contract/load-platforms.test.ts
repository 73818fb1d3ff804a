import assert from 'node:assert/strict'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { loadPlatforms } from './load-platforms.js'
import type { Mistake } from './mistake.js'
import { type Files, onDisk, soundPlatform } from './platform-on-disk.js'

const platformFile = 'house/platform.yaml'
const apiFile = 'house/apis/books/1/api.yaml'
const documentFile = 'house/apis/books/1/openapi.yaml'
const caseFile = 'house/apis/books/1/sandbox/candide.yaml'
const personaFile = 'house/personas/ada.yaml'

const mistakesOf = (files: Files): Promise<readonly Mistake[]> =>
  onDisk({ ...soundPlatform, ...files }, async (folder) => {
    const { mistakes } = await loadPlatforms(folder)
    return mistakes.map((mistake) => ({ ...mistake, file: mistake.file.slice(folder.length + 1) }))
  })

/** One change to the sound platform, and the one mistake it must give. */
interface Row {
  readonly kind: string
  readonly file: string
  readonly change: readonly [from: string, to: string]
  readonly at?: string
  readonly place: string
  readonly reason: RegExp
  readonly mend: RegExp
}

const rows: readonly Row[] = [
  {
    kind: 'not YAML',
    file: platformFile,
    change: ['{ fr: Maison, en: House }', '{ fr: Maison'],
    place: '3:1',
    reason: /not YAML/,
    mend: /syntax/,
  },
  {
    kind: 'wrong type',
    file: apiFile,
    change: ['version: "1"', 'version: 1'],
    place: '2:10',
    reason: /"version" is a number \(1\) where a text is expected/,
    mend: /in quotes: "1"/,
  },
  {
    kind: 'unknown key',
    file: apiFile,
    change: ['realm: people', 'realmm: people'],
    place: '3:1',
    reason: /unknown key "realmm"/,
    mend: /Did you mean "realm"\?/,
  },
  {
    kind: 'unknown key deep',
    file: apiFile,
    change: ['limit: 4,', 'limit: 4, period_seconds: 1,'],
    place: '9:39',
    reason: /unknown key "quotas\[0\]\.period_seconds"/,
    mend: /Did you mean "periodSeconds"\?/,
  },
  {
    kind: 'a realm without people that shall answer with claims',
    file: apiFile,
    change: ['sandbox: sandbox', 'sandbox: realm'],
    place: '10:74',
    reason: /nobody signs in to the realm "people"/,
    mend: /authorization_code/,
  },
  {
    kind: 'missing key',
    file: platformFile,
    change: ['path: /house/{sandbox:test?}{api}/v{version}/{resource*}\n', ''],
    place: '1:1',
    reason: /the key "path" is missing/,
    mend: /Path shape/,
  },
  {
    kind: 'key twice',
    file: platformFile,
    change: ['dialect: standard', 'id: house'],
    place: '3:1',
    reason: /"id" stands here a second time/,
    mend: /Keep one/,
  },
  {
    kind: 'id unlike its folder',
    file: platformFile,
    change: ['id: house', 'id: home'],
    place: '1:5',
    reason: /not the name of its folder, "house"/,
    mend: /id: house/,
  },
  {
    kind: 'code unlike its folder',
    file: apiFile,
    change: ['code: books', 'code: book'],
    place: '1:7',
    reason: /the code "book" is not the name of its folder, "books"/,
    mend: /code: "books"/,
  },
  {
    kind: 'version unlike its folder',
    file: apiFile,
    change: ['version: "1"', 'version: "2"'],
    place: '2:10',
    reason: /the version "2" is not the name/,
    mend: /version: "1"/,
  },
  {
    kind: 'bad path shape',
    file: platformFile,
    change: ['{api}/v{version}', '{version}/v{api}'],
    place: '6:7',
    reason: /path shape is refused/,
    mend: /\/demo\/\{api\}/,
  },
  {
    kind: 'path of another room',
    file: platformFile,
    change: ['/house/{sandbox', '/control/{sandbox'],
    place: '6:7',
    reason: /belongs to another part/,
    mend: /Write it like/,
  },
  {
    kind: 'unknown dialect',
    file: platformFile,
    change: ['dialect: standard', 'dialect: standart'],
    place: '3:10',
    reason: /"standart", which is not known/,
    mend: /Did you mean "standard"/,
  },
  {
    kind: 'dialect not there yet',
    file: platformFile,
    change: ['dialect: standard', 'dialect: piste'],
    place: '3:10',
    reason: /not known/,
    mend: /standard, france-travail/,
  },
  {
    kind: 'unknown realm',
    file: apiFile,
    change: ['realm: people', 'realm: poeple'],
    place: '3:8',
    reason: /no realm "poeple"/,
    mend: /Did you mean "people"/,
  },
  {
    kind: 'unknown realm of a persona',
    file: personaFile,
    change: ['realm: people', 'realm: staff'],
    place: '1:8',
    reason: /no realm "staff"/,
    mend: /people/,
  },
  {
    kind: 'unknown state of a provider',
    file: personaFile,
    change: ['name: Ada', 'provider: dwon\nname: Ada'],
    place: '3:11',
    reason: /"dwon", which is not known/,
    mend: /Did you mean "down"/,
  },
  {
    kind: 'host of a realm that the platform does not have',
    file: platformFile,
    change: ['flows: [client_credentials] }', 'flows: [client_credentials], hosts: [login.example] }'],
    place: '5:50',
    reason: /the host "login.example" is none of the platform's/,
    mend: /Remove it/,
  },
  {
    kind: 'personal scope that no token holds',
    file: apiFile,
    change: ['  described:', '  personal: [raeding]\n  described:'],
    place: '6:14',
    reason: /the scope "raeding" is neither required nor named by an x-scope/,
    mend: /Did you mean "reading"/,
  },
  {
    kind: 'bad quota',
    file: apiFile,
    change: ['limit: 4', 'limit: 0'],
    place: '9:36',
    reason: /quotas\[0\]\.limit/,
    mend: /at least 1/,
  },
  {
    kind: 'unknown quota key',
    file: apiFile,
    change: ['key: application+api', 'key: applications+api'],
    place: '9:12',
    reason: /not known/,
    mend: /Did you mean "application\+api"/,
  },
  {
    kind: 'a quota for each token of a realm that gives them at will',
    file: apiFile,
    change: ['key: application+api', 'key: token'],
    place: '9:5',
    reason: /holds nobody back where the realm "people" gives new ones at will \(client_credentials\)/,
    mend: /Count for each application/,
  },
  {
    kind: 'quota twice',
    file: apiFile,
    change: ['upstreams:', '  - { key: application+api, limit: 9, periodSeconds: 1 }\nupstreams:'],
    place: '10:5',
    reason: /second quota/,
    mend: /Keep one/,
  },
  {
    kind: 'scope twice',
    file: apiFile,
    change: ['[api_books, reading]', '[api_books, reading, reading]'],
    place: '5:34',
    reason: /required twice/,
    mend: /Keep one/,
  },
  {
    kind: 'scope described only',
    file: apiFile,
    change: ['    reading: {', '    readings: {'],
    place: '7:5',
    reason: /described but neither required/,
    mend: /Did you mean "reading"/,
  },
  {
    kind: 'scope that no token can hold',
    file: apiFile,
    change: ['[api_books, reading]', '[api_books, "a b", reading]'],
    place: '5:25',
    reason: /not a scope/,
    mend: /Scopes that a token|See the reference/,
  },
  {
    kind: 'upstream that is no web address',
    file: apiFile,
    change: ['https://books.example/v1', 'ftp://books.example/v1'],
    place: '10:34',
    reason: /not an http or https address/,
    mend: /https:\/\/host/,
  },
  {
    kind: 'upstream with credentials',
    file: apiFile,
    change: ['https://books', 'https://me:you@books'],
    place: '10:34',
    reason: /credentials/,
    mend: /Absolute address/,
  },
  {
    kind: 'upstream of no kind',
    file: apiFile,
    change: ['sandbox: sandbox }', 'sandbox: sandbx }'],
    place: '10:74',
    reason: /"upstreams\.sandbox" is a text/,
    mend: /`sandbox`/,
  },
  {
    kind: 'sunset before deprecation',
    file: apiFile,
    change: [
      'realm: people',
      'realm: people\nlifecycle: { state: deprecated, deprecated_on: "2027-02-01", sunset_on: "2027-01-01" }',
    ],
    place: '4:73',
    reason: /sunset comes before/,
    mend: /Date/,
  },
  {
    kind: 'terms that are not there',
    file: apiFile,
    change: ['realm: people', 'realm: people\naccess: { terms: terms.md }'],
    place: '4:18',
    reason: /no file "terms.md"/,
    mend: /Create it/,
  },
  {
    kind: 'not OpenAPI 3',
    file: documentFile,
    change: ['openapi: 3.1.0', 'openapi: 2.0.0'],
    place: '1:10',
    reason: /not 3.0 or 3.1/,
    mend: /3\.1\.0/,
  },
  {
    kind: 'document without title',
    file: documentFile,
    change: ['title: Books, ', ''],
    place: '2:7',
    reason: /no title/,
    mend: /info/,
  },
  {
    kind: 'reference to a file',
    file: documentFile,
    change: ['schema: { $ref: "#/components/schemas/Book" }', 'schema: { $ref: "book.yaml" }'],
    place: '27:31',
    reason: /leaves the document/,
    mend: /components/,
  },
  {
    kind: 'reference to an address',
    file: documentFile,
    change: ['schema: { $ref: "#/components/schemas/Book" }', 'schema: { $ref: "https://x.example/b" }'],
    place: '27:31',
    reason: /leaves the document/,
    mend: /components/,
  },
  {
    kind: 'reference to nothing',
    file: documentFile,
    change: ['schema: { $ref: "#/components/schemas/Book" }', 'schema: { $ref: "#/components/schemas/Boko" }'],
    place: '27:31',
    reason: /names nothing/,
    mend: /Did you mean "Book"/,
  },
  {
    kind: 'reference to itself',
    file: documentFile,
    change: ['components:\n  schemas:', 'components:\n  schemas:\n    Loop: { $ref: "#/components/schemas/Loop" }'],
    place: '31:11',
    reason: /only to itself/,
    mend: /body/,
  },
  {
    kind: 'path parameter not declared',
    file: documentFile,
    change: ['name: id, in: path, required: true', 'name: id, in: query'],
    place: '18:5',
    reason: /path parameter "id" is not declared/,
    mend: /Add it/,
  },
  {
    kind: 'half a parameter in a segment',
    file: documentFile,
    change: ['/books/{id}:', '/books/b{id}:'],
    place: '17:3',
    reason: /either a literal or one parameter/,
    mend: /offres/,
  },
  {
    kind: 'operation twice',
    file: documentFile,
    change: ['operationId: readBook', 'operationId: listBooks'],
    at: documentFile,
    place: '19:20',
    reason: /used twice/,
    mend: /its own/,
  },
  {
    kind: 'method that nobody may use',
    file: documentFile,
    change: ['  /books:\n    get:', '  /books:\n    trace: {}\n    get:'],
    place: '5:5',
    reason: /TRACE/,
    mend: /get, put/,
  },
  {
    kind: 'operation without answers',
    file: documentFile,
    change: ['        "404": { description: None }', '        "4O4": { description: None }'],
    place: '28:9',
    reason: /neither a status nor "default"/,
    mend: /./,
  },
  {
    kind: 'x-scope not understood',
    file: documentFile,
    change: ['pages: { type: integer }', 'pages: { type: integer, x-scope: { any: [a] } }'],
    place: '36:42',
    reason: /"x-scope" is not understood/,
    mend: /anyOf/,
  },
  {
    kind: 'case of an unknown operation',
    file: caseFile,
    change: ['operation: readBook', 'operation: readBok'],
    place: '2:12',
    reason: /no operation "readBok"/,
    mend: /Did you mean "readBook"/,
  },
  {
    kind: 'case without operation',
    file: caseFile,
    change: ['operation: readBook\n', ''],
    place: '1:1',
    reason: /names none/,
    mend: /listBooks, readBook/,
  },
  {
    kind: 'case with an undeclared status',
    file: caseFile,
    change: ['status: 200', 'status: 418'],
    place: '4:9',
    reason: /declares no answer 418/,
    mend: /Declared: 200, 404/,
  },
  {
    kind: 'case with an unknown parameter',
    file: caseFile,
    change: ['params: { id: "1" }', 'params: { idd: "1" }'],
    place: '3:11',
    reason: /no parameter "idd"/,
    mend: /Did you mean "id"/,
  },
  {
    kind: 'case with broken JSON',
    file: caseFile,
    change: ['payload: { title: Candide, pages: 120 }', 'payload: \'{ "title": }\''],
    place: '5:10',
    reason: /not JSON/,
    mend: /Correct the JSON/,
  },
  {
    kind: 'case with a header of two lines',
    file: caseFile,
    change: ['status: 200', 'status: 200\nheaders: { Location: "a\\nb" }'],
    place: '5:22',
    reason: /more than one line/,
    mend: /Headers/,
  },
  ...['Content-Length', 'content_length', 'Transfer-Encoding', 'Connection', 'keep-alive', 'Trailer', 'Upgrade', 'TE']
    .concat(
      'Content-Encoding',
      'Set-Cookie',
      'Strict-Transport-Security',
      'X-Request-Id',
      'Access-Control-Allow-Origin',
    )
    .map((name) => ({
      kind: `case with the header ${name}`,
      file: caseFile,
      change: ['status: 200', `status: 200\nheaders: { ${name}: "5" }`] as const,
      place: '5:12',
      reason: new RegExp(`"headers\\.${name}".*the gateway sets itself or drops`),
      mend: /Headers/,
    })),
]

describe('every mistake in a folder of platforms is told with its place', () => {
  for (const { kind, file, change, at, place, reason, mend } of rows) {
    it(kind, async () => {
      const text: string = Reflect.get(soundPlatform, file)
      assert.ok(text.includes(change[0]), 'the row changes something')
      const mistakes = await mistakesOf({ [file]: text.replace(change[0], change[1]) })
      const own = mistakes.filter((mistake) => mistake.file === (at ?? file))
      assert.equal(own.length, 1, JSON.stringify(mistakes))
      const mistake = own[0]
      assert.equal(`${mistake?.line}:${mistake?.column}`, place, mistake?.reason ?? '')
      assert.match(mistake?.reason ?? '', reason)
      assert.match(mistake?.mend ?? '', mend)
    })
  }
})

describe('what no single line shows', () => {
  it('a sound folder has no mistake', async () => assert.deepEqual(await mistakesOf({}), []))

  it('all mistakes are told at once, by file and place', async () => {
    const mistakes = await mistakesOf({
      [platformFile]: `${soundPlatform[platformFile]}colour: red\nshape: round\n`,
      [apiFile]: soundPlatform[apiFile].replace('limit: 4', 'limit: four').replace('realm: people', 'realm: staff'),
      [personaFile]: null,
      'house/personas/bob.yaml': 'realm: people\n',
    })
    assert.deepEqual(
      mistakes.map(({ file, line }) => `${file}:${line}`),
      [
        `${apiFile}:3`,
        `${apiFile}:9`,
        'house/personas/bob.yaml:1',
        'house/personas/bob.yaml:1',
        'house/personas/bob.yaml:1',
        `${platformFile}:8`,
        `${platformFile}:9`,
      ],
    )
  })

  it('a wrong shape does not hide what is wrong besides', async () => {
    const mistakes = await mistakesOf({
      [apiFile]: soundPlatform[apiFile]
        .replace('code: books', 'code: book\ncolour: red')
        .replace('limit: 4', 'limit: x'),
      [caseFile]: soundPlatform[caseFile]
        .replace('status: 200', 'status: 418\ntitel: x')
        .replace('id: "1"', 'idd: "1"'),
    })
    assert.deepEqual(
      mistakes.map(({ file, line }) => `${file.split('/').at(-1)}:${line}`),
      ['api.yaml:1', 'api.yaml:2', 'api.yaml:10', 'candide.yaml:3', 'candide.yaml:4', 'candide.yaml:5'],
    )
  })

  it('an alias bomb is refused, quickly', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(', ')}]`,
    )
    const mistakes = await mistakesOf({ [platformFile]: `l0: &l0 [x]\n${levels.join('\n')}\n` })
    assert.match(mistakes[0]?.reason ?? '', /aliases that multiply/)
  })

  it('a file nested without end is refused', async () => {
    const mistakes = await mistakesOf({ [platformFile]: `${'['.repeat(50_000)}${']'.repeat(50_000)}` })
    assert.match(mistakes[0]?.reason ?? '', /nested too deeply/)
  })

  it('an alias to what holds it is refused', async () => {
    const mistakes = await mistakesOf({ [platformFile]: 'id: &a [*a]\n' })
    assert.match(mistakes[0]?.reason ?? '', /nested too deeply/)
  })

  it('a huge file is refused before it is read', async () => {
    const mistakes = await mistakesOf({ [platformFile]: `# ${'x'.repeat(300_000)}` })
    assert.match(mistakes[0]?.reason ?? '', /more than the 262144/)
  })

  it('a file that is not UTF-8 is refused', async () => {
    await onDisk(soundPlatform, async (folder) => {
      await writeFile(`${folder}/${platformFile}`, Buffer.from([0x69, 0x64, 0x3a, 0x20, 0xff, 0xfe]))
      assert.match((await loadPlatforms(folder)).mistakes[0]?.reason ?? '', /not UTF-8/)
    })
  })

  it('a link that leads nowhere is a missing file', () =>
    onDisk({ ...soundPlatform, [personaFile]: null, 'house/personas/bob.yaml': null }, async (folder) => {
      await mkdir(`${folder}/house/personas`)
      await symlink('/nowhere/at/all', `${folder}/house/personas/bob.yaml`)
      const { mistakes } = await loadPlatforms(folder)
      assert.deepEqual(
        mistakes.map(({ reason }) => reason),
        ['the file is missing'],
      )
    }))

  it('missing files are named', async () => {
    const mistakes = await mistakesOf({
      [apiFile]: null,
      [documentFile]: null,
      'house/apis/books/1/openapi.yml': 'openapi: 3.1.0',
    })
    assert.deepEqual(
      mistakes.map(({ file, reason }) => [file.split('/').at(-1), reason]),
      [
        ['api.yaml', 'the file is missing'],
        ['openapi.yaml', 'the file is missing'],
        ['openapi.yml', 'a file that nothing reads'],
      ],
    )
    assert.match(mistakes[2]?.mend ?? '', /Did you mean "openapi\.yaml"/)
  })

  it('a missing or empty folder is named', async () => {
    assert.match((await loadPlatforms('/nowhere/at/all')).mistakes[0]?.reason ?? '', /no such folder/)
  })

  it('an API whose path is the sandbox of another collides', async () => {
    const mistakes = await mistakesOf({
      'house/apis/testbooks/1/api.yaml': soundPlatform[apiFile].replace('code: books', 'code: testbooks'),
      'house/apis/testbooks/1/openapi.yaml': soundPlatform[documentFile],
    })
    assert.match(mistakes[0]?.reason ?? '', /collide with those of the API "house\/books\/1"/)
  })

  it('platforms collide in their paths, their issuers and their hosts', async () => {
    const other = soundPlatform[platformFile].replace('id: house', 'id: zoo')
    const own = other.replace('/house/', '/zoo/')
    const hosts = 'environments: { production: { hosts: { api: [api.house.example] } } }\n'
    const issuer = (text: string) => text.replace('flows:', 'issuer_path: /connexion/same, flows:')
    const reasonsOf = async (files: Files) => (await mistakesOf(files)).map(({ file, reason }) => `${file}: ${reason}`)
    assert.match(
      (await reasonsOf({ 'zoo/platform.yaml': other })).join(),
      /zoo\/platform.yaml: its paths collide with those of the platform "house"/,
    )
    assert.deepEqual(await reasonsOf({ 'zoo/platform.yaml': own }), [])
    const sameHost = { [platformFile]: soundPlatform[platformFile] + hosts, 'zoo/platform.yaml': own + hosts }
    assert.match(
      (await reasonsOf(sameHost)).join(),
      /the host "api.house.example" is already that of the platform "house"/,
    )
    const sameIssuer = { [platformFile]: issuer(soundPlatform[platformFile]), 'zoo/platform.yaml': issuer(own) }
    assert.match((await reasonsOf(sameIssuer)).join(), /the issuer "\/connexion\/same" is already/)
  })

  it('an own path is read or refused with its place, and collides like any other', async () => {
    const withPath = (path: string) => soundPlatform[apiFile].replace('realm: people', `path: ${path}\nrealm: people`)
    assert.deepEqual(await mistakesOf({ [apiFile]: withPath('"/v{version}/books/all"') }), [])
    const [refused] = await mistakesOf({ [apiFile]: withPath('"/connexion/books"') })
    assert.match(refused?.reason ?? '', /base path is refused: "\/connexion" belongs/)
    assert.deepEqual([refused?.line, refused?.mend.includes('/v{version}/')], [3, true])
    const twice = await mistakesOf({
      [apiFile]: withPath('/books/all'),
      'house/apis/leaves/1/api.yaml': withPath('/books/all').replace('code: books', 'code: leaves'),
      'house/apis/leaves/1/openapi.yaml': soundPlatform[documentFile],
    })
    assert.match(twice.map(({ reason }) => reason).join(), /collide with those of the API/)
  })

  it('an own path may not lie under another platform', async () => {
    const zoo = soundPlatform[platformFile].replace('id: house', 'id: zoo').replace('/house/', '/zoo/')
    const reasonOf = async (path: string) => {
      const settings = soundPlatform[apiFile].replace('code: books', `code: books\npath: "${path}"`)
      const mistakes = await mistakesOf({
        'zoo/platform.yaml': zoo,
        'zoo/apis/books/1/api.yaml': settings,
        'zoo/apis/books/1/openapi.yaml': soundPlatform[documentFile],
      })
      return mistakes.map(({ reason }) => reason).join()
    }
    assert.match(await reasonOf('/house/books'), /collide with those of the platform "house"/)
    assert.equal(await reasonOf('/v{version}/books'), '')
  })

  it('a gone address is read or refused with its place', async () => {
    const gone = (path: string) => `${soundPlatform[platformFile]}gone: [{ path: "${path}", text: Gone. }]\n`
    assert.deepEqual(await mistakesOf({ [platformFile]: gone('/old/books') }), [])
    for (const path of ['/connexion/x', 'old', '/old/v{version}'])
      assert.match((await mistakesOf({ [platformFile]: gone(path) }))[0]?.reason ?? '', /the address is refused/)
  })

  it('two personas cannot be the same subject', async () => {
    const mistakes = await mistakesOf({ 'house/personas/bob.yaml': soundPlatform[personaFile] })
    assert.match(mistakes[0]?.reason ?? '', /already that of "ada"/)
  })
})

describe('a sound folder becomes frozen values', () => {
  const load = <T>(
    work: (platform: NonNullable<Awaited<ReturnType<typeof loadPlatforms>>['platforms'][number]>) => T,
  ) =>
    onDisk(soundPlatform, async (folder) => {
      const [platform] = (await loadPlatforms(folder)).platforms
      assert.ok(platform)
      return work(platform)
    })

  it('with the sandbox spelling of technical scopes, defaults and routes', () =>
    load((platform) => {
      const api = platform.apis[0]
      assert.ok(api)
      assert.equal(api.id, 'house/books/1')
      assert.deepEqual(api.scopes, { production: ['api_books', 'reading'], sandbox: ['api_testbooks', 'reading'] })
      assert.deepEqual(api.quotas, [{ key: 'application+api', limit: 4, periodSeconds: 1, algorithm: 'bucket' }])
      assert.deepEqual(api.upstreams, {
        production: [{ url: 'https://books.example/v1', weight: 1 }],
        sandbox: 'sandbox',
      })
      assert.equal(api.limits.requestBytesMax, 1_048_576)
      assert.deepEqual(
        api.operations.map(({ id, segments }) => [id, segments]),
        [
          ['listBooks', [{ literal: 'books' }]],
          ['readBook', [{ literal: 'books' }, { parameter: 'id' }]],
        ],
      )
      assert.deepEqual(api.title, { fr: 'Books', en: 'Books' })
      assert.equal(platform.realms[0]?.issuerPath, '/connexion/house/people')
      assert.equal(platform.realms[0]?.expiresInShown, platform.realms[0]?.accessTokenSeconds)
      assert.deepEqual(
        api.cases?.map(({ operation, params, payload }) => [operation, params, payload]),
        [['readBook', { id: '1' }, { title: 'Candide', pages: 120 }]],
      )
    }))

  it('with the scopes that shape data, and those for which the person is asked', async () => {
    const loadApi = async (changes: Readonly<Record<string, string>>) =>
      onDisk({ ...soundPlatform, ...changes }, async (folder) => {
        const { platforms, mistakes } = await loadPlatforms(folder)
        assert.deepEqual(mistakes, [])
        return platforms[0]?.apis[0]
      })
    const document = soundPlatform['house/apis/books/1/openapi.yaml'].replace(
      'pages: { type: integer }',
      'pages: { type: integer, x-scope: paging }',
    )
    const settings = soundPlatform[apiFile]
    const asked = settings.replace('upstreams:', 'access: { consent: true }\nupstreams:')
    await Promise.all([
      loadApi({}).then((api) => assert.deepEqual([api?.dataScopes, api?.personalScopes], [[], []])),
      loadApi({ 'house/apis/books/1/openapi.yaml': document, [apiFile]: asked }).then((api) => {
        assert.deepEqual(api?.dataScopes, ['paging'])
        assert.deepEqual(api?.personalScopes, ['api_books', 'reading', 'paging'])
      }),
      loadApi({ [apiFile]: asked.replace('  described:', '  personal: [reading]\n  described:') }).then((api) =>
        assert.deepEqual(api?.personalScopes, ['reading']),
      ),
    ])
  })

  it('frozen to the depth, with shared references and cycles kept as references', () =>
    load((platform) => {
      const api = platform.apis[0]
      assert.ok(api && Object.isFrozen(platform) && Object.isFrozen(platform.apis))
      const schema = api.operations[1]?.definition.responses?.['200']?.content?.['application/json']?.schema
      assert.ok(Object.isFrozen(schema))
      const list = api.operations[0]?.definition.responses?.['200']?.content?.['application/json']?.schema
      assert.equal(list?.items, schema)
      assert.deepEqual(JSON.parse(JSON.stringify(schema)).properties.sequel, { $ref: '#/components/schemas/Book' })
    }))
})
