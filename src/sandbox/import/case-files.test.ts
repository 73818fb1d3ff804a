import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { caseFileLimits, readCaseFiles } from './case-files.js'
import { caseSizeFault } from './case-size.js'
import { readCaseFile } from './read-case-file.js'
import { writeCaseFile } from './write-case-file.js'

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f'].map((name, index) => {
    const last = `*${'abcde'[index]}`
    return `${name}: &${name} [${Array(9).fill(last).join(', ')}]`
  }),
].join('\n')
const files: Readonly<Record<string, string | Uint8Array>> = {
  'some_operation/200.yaml':
    '---\nparams:\n  nom: "Éloïse"\n  prenoms: [A, B]\nstatus: 200\npayload: |-\n  { "a": 1 }\n',
  'some_operation/described.yml':
    'description: |-\n  A case\n  in two lines\nparams: {}\nstatus: 404\npayload: { error: none }\n',
  'some_operation/README.md': '# not a case',
  'some_operation/no-status.yaml': 'params: { a: 1 }\npayload: "{}"\n',
  'some_operation/bad-json.yaml': 'status: 200\npayload: "{ a: }"\n',
  'some_operation/bad-yaml.yaml': 'status: [200\n',
  'some_operation/bomb.yaml': `status: 200\n${bomb}\n`,
  'some_operation/deep.yaml': `status: 200\nparams: { a: ${'['.repeat(100)}${']'.repeat(100)} }\n`,
  'some_operation/huge.yaml': `status: 200\npayload: "${' '.repeat(caseFileLimits.fileBytes)}"\n`,
  'some_operation/latin.yaml': Buffer.from('status: 200\npayload: "é"\n', 'latin1'),
  'some_operation/list.yaml': '- status: 200\n',
  'some_operation/deep-payload.yaml': `status: 200\npayload: '${'['.repeat(5_000)}${']'.repeat(5_000)}'\n`,
  'some_operation/euro.yaml': 'status: 200\nheaders: { X-Price: "3 €" }\n',
  'some_operation/length.yaml': 'status: 200\nheaders: { Content-Length: "3" }\n',
  'some_operation/alias.yaml': 'status: *nowhere\n',
  'some_operation/folder.yaml/README.md': '# a folder with the name of a file',
}

describe('a folder of case files', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portique-cases-'))
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
  })
  before(async () => {
    await symlink('..', join(folder, 'some_operation', 'loop'))
    await promisify(execFile)('mkfifo', [join(folder, 'some_operation', 'pipe.yaml')])
  })
  after(() => rm(folder, { recursive: true }))

  it('gives each case with its parameters, status and payload', async () => {
    const { cases } = await readCaseFiles(folder)
    const shared = { folder: 'some_operation' }
    assert.deepEqual(cases, [
      {
        file: 'some_operation/200.yaml',
        ...shared,
        title: '',
        description: '',
        headers: {},
        params: { nom: 'Éloïse', prenoms: ['A', 'B'] },
        status: 200,
        payload: '{ "a": 1 }',
      },
      {
        file: 'some_operation/described.yml',
        ...shared,
        title: 'A case',
        description: 'A case\nin two lines',
        headers: {},
        params: {},
        status: 404,
        payload: '{"error":"none"}',
      },
    ])
  })

  it('refuses each other file with its reason', async () => {
    const { refused } = await readCaseFiles(folder)
    const reasons = Object.fromEntries(refused.map(({ file, reason }) => [file.replace('some_operation/', ''), reason]))
    for (const [file, reason] of [
      ['no-status.yaml', /^line 1: status: /],
      ['bad-json.yaml', /the payload is not JSON/],
      ['bad-yaml.yaml', /^line \d+: not YAML/],
      ['bomb.yaml', /aliases that multiply/],
      ['deep.yaml', /nested more than/],
      ['huge.yaml', /more than the \d+ that are read/],
      ['latin.yaml', /not UTF-8/],
      ['list.yaml', /^line 1: the file: /],
      ['deep-payload.yaml', /the payload is nested more than 32 levels deep/],
      ['euro.yaml', /headers.*no header carries/],
      ['length.yaml', /^line 2: headers.Content-Length: a header that the gateway sets itself or drops/],
      ['alias.yaml', /an alias to nothing/],
      ['folder.yaml', /a folder, not a file/],
      ['loop', /a link, which is not followed/],
      ['pipe.yaml', /not a plain file/],
    ] as const)
      assert.match(reasons[file] ?? 'taken', reason, file)
    assert.equal(refused.length, 15)
  })

  it('names what is no case, and says how far it is', async () => {
    const told: string[] = []
    const { passedOver } = await readCaseFiles(folder, (done, all) => told.push(`${done}/${all}`))
    assert.deepEqual(passedOver, ['some_operation/README.md', 'some_operation/folder.yaml/README.md'])
    assert.deepEqual([told[0], told.at(-1)], ['1/14', '14/14'])
  })

  it('reads more than the public staging data in one import', async (t) => {
    const large = await mkdtemp(join(tmpdir(), 'portique-large-'))
    t.after(() => rm(large, { recursive: true }))
    await mkdir(join(large, 'operation'))
    const text = `status: 200\n#${'x'.repeat(caseFileLimits.fileBytes - 20)}\n`
    const names = Array.from({ length: 80 }, (_, index) => join(large, 'operation', `${index}.yaml`))
    for (const name of names) await writeFile(name, text)
    const { cases, refused } = await readCaseFiles(large)
    assert.deepEqual([cases.length, refused], [80, []], `${(80 * text.length) / 1_048_576} MiB`)
  })

  it('counts what aliases repeat as often as they do, in a case and in all of them', async (t) => {
    const root = await mkdtemp(join(tmpdir(), 'portique-aliases-'))
    t.after(() => rm(root, { recursive: true }))
    await mkdir(join(root, 'operation'))
    const repeated = (bytes: number, times: number, more = '') =>
      `status: 200\n${more}payload: [&a "${'é'.repeat(bytes / 2)}"${', *a'.repeat(times - 1)}]\n`
    const write = (name: string, text: string) => writeFile(join(root, 'operation', `${name}.yaml`), text)
    for (const name of ['a', 'b', 'c']) await write(name, repeated(20_000, 10))
    await write('long', repeated(200_000, 40))
    await write('longer', repeated(2_700, 99))
    await write('params', `status: 200\nparams: { a: &a "${'x'.repeat(90_000)}", b: *a }\npayload: [*a]\n`)
    await write('named', `status: 200\nparams: { a: [&a "${'x'.repeat(9_000)}", *a] }\npayload: []\n`)
    await write('quoted', `status: 200\npayload: ['${'"'.repeat(140_000)}']\n`)
    const refused = async (allBytes: number) =>
      (await readCaseFiles(root, undefined, { ...caseFileLimits, allBytes })).refused.map(
        ({ file, reason }) => `${file} ${reason}`,
      )
    assert.deepEqual(await refused(caseFileLimits.allBytes), [
      'operation/long.yaml line 1: aliases that multiply: it unfolds to more than 263168 bytes',
      'operation/longer.yaml line 1: aliases that multiply: it unfolds to more than 263168 bytes',
      'operation/named.yaml its parameters take 18013 bytes, at most 16384 are kept',
      'operation/params.yaml line 1: aliases that multiply: it unfolds to more than 263168 bytes',
      'operation/quoted.yaml it unfolds to 280008 bytes, at most 262144 are kept',
    ])
    assert.match((await refused(450_000)).join('\n'), /c\.yaml beyond what one import takes/)
  })

  it('takes again whatever an export writes of a case that is not too long', () => {
    const payloads = [(n: number) => `[${'1,\n'.repeat(n / 3)}1]`, (n: number) => `["${'\\"\''.repeat(n / 3)}"]`]
    for (const [index, payload] of payloads.entries()) {
      let kept = 0
      for (const bytes of [100_000, 150_000, 190_000, 240_000, 262_000, 300_000]) {
        const one = { title: 'Essai', description: '', params: { nom: "L'É" }, headers: {}, status: 200 }
        const whole = { ...one, payload: payload(bytes) }
        if (caseSizeFault(whole) !== null) continue
        kept = bytes
        const again = readCaseFile(Buffer.from(writeCaseFile({ ...whole, operation: 'o'.repeat(200) })))
        assert.deepEqual({ ...again, notes: [] }, { ...whole, notes: [] }, `${index}, ${bytes}`)
      }
      assert.ok(kept >= 100_000 && kept < 262_000, `${index}, ${kept}`)
    }
  })

  it('refuses what is beyond the number of files, and beyond the size of them all', async () => {
    const beyond = async (limits: Readonly<Record<string, number>>) =>
      (await readCaseFiles(folder, undefined, { ...caseFileLimits, ...limits })).refused
        .filter(({ reason }) => reason === 'beyond what one import takes: import its folder by itself')
        .map(({ file }) => file)
    assert.deepEqual(await beyond({ files: 13 }), ['some_operation/no-status.yaml'])
    const size = Buffer.byteLength(String(files['some_operation/200.yaml']))
    assert.equal((await beyond({ allBytes: size })).length, 12, 'all but the first and one too large by itself')
  })

  it('rejects a folder that is not there', async () => {
    await assert.rejects(readCaseFiles(join(folder, 'nowhere')), { code: 'ENOENT' })
  })
})
