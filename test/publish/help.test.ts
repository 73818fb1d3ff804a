import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand, runCommandProcess } from '../start/command.js'

const nowhere = { environment: {} }
const commands = ['dev', 'serve', 'publish', 'api', 'application', 'token', 'evidence', 'check', 'store', 'settings']
const groups: Readonly<Record<string, readonly string[]>> = {
  api: ['list', 'withdraw'],
  application: ['create', 'subscribe', 'unsubscribe', 'rotate', 'list', 'show', 'suspend', 'resume'],
  token: ['create', 'list', 'show', 'renew', 'replace', 'revoke', 'rotate-key'],
  evidence: ['list', 'export', 'persons', 'person'],
  store: ['backup', 'restore', 'export', 'import'],
}

test('portique --help names every command, whatever the environment says', async () => {
  const { code, stdout, stderr } = await runCommandProcess(
    { environment: { PATH: process.env.PATH ?? '' } },
    ['--help'],
    { PORT: 'wrong' },
  )
  assert.deepEqual([code, stderr], [0, ''])
  for (const command of commands) assert.match(stdout, new RegExp(`^ {2}${command}\\b`, 'm'))
  assert.match(stdout, /Start here: portique dev/)
})

test('every command and each part of a group explains itself', async () => {
  const paths = commands.flatMap((name) => [[name], ...(groups[name] ?? []).map((part) => [name, part])])
  for (const path of paths) {
    const { code, stdout, stderr } = await runCommand(nowhere, [...path, '--help'])
    assert.deepEqual([code, stderr], [0, ''], path.join(' '))
    assert.match(stdout, new RegExp(`^Usage: portique ${path.join(' ')}`))
    assert.match(stdout, /\n\n\S.{10}/, `${path.join(' ')} says what it does`)
    for (const part of path.length === 1 ? (groups[path[0] ?? ''] ?? []) : [])
      assert.match(stdout, new RegExp(`^ {2}${part}\\b`, 'm'))
  }
})

test('help fits a terminal of 80 columns, and says of no switch that it is off', async () => {
  for (const path of [[], ...commands.map((name) => [name]), ['realm'], ['application', 'create']]) {
    const { stdout } = await runCommand(nowhere, [...path, '--help'])
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line)
    assert.doesNotMatch(stdout, /default: false/)
  }
})

test('without a command it shows its help and fails, with a wrong one it says so', async () => {
  const bare = await runCommand(nowhere, [])
  assert.deepEqual([bare.code, bare.stdout], [1, ''])
  assert.match(bare.stderr, /^Usage: portique/)
  const wrong = await runCommand(nowhere, ['publsh'])
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /unknown command 'publsh'\n\(Did you mean publish\?\)/)
  for (const [path, told] of [
    [['realm', 'disable'], 'portique realm --help'],
    [['sandbox', 'case', 'drop'], 'portique sandbox case --help'],
  ] as const)
    assert.ok((await runCommand(nowhere, [...path])).stderr.includes(`(${told} tells`), told)
})

test('wrong settings are told all at once', async () => {
  const { code, stderr } = await runCommand({ environment: { PORT: 'x', PORTIQUE_LOG_LEVEL: 'pink' } }, ['api', 'list'])
  assert.equal(code, 1)
  for (const told of [/^ {2}PORT\n {4}→ a port/m, /^ {2}PORTIQUE_LOG_LEVEL\n {4}→ /m, /\n\n {2}Settings refused\.\n$/m])
    assert.match(stderr, told)
})

test('portique settings tells every variable, also as a page', async () => {
  for (const parameters of [['settings'], ['settings', '--markdown']]) {
    const { code, stdout } = await runCommand(nowhere, parameters)
    assert.equal(code, 0)
    for (const name of ['PORT', 'PORTIQUE_DATA', 'PORTIQUE_SECRET_KEY', 'DATABASE_URL'])
      assert.ok(stdout.includes(name))
  }
})

test('portique check: a good folder, a bad one with every mistake at once, and one that is not there', async (t) => {
  const good = await runCommand(nowhere, ['check', 'platforms'])
  assert.equal(good.code, 0, good.stderr)
  assert.match(good.stdout, /No mistake in platforms: \d+ platforms, \d+ API versions\./)

  const folder = await mkdtemp(join(tmpdir(), 'portique-check-'))
  t.after(() => rm(folder, { recursive: true }))
  mkdirSync(join(folder, 'mienne/apis/lieux/1'), { recursive: true })
  writeFileSync(join(folder, 'mienne/platform.yaml'), 'id: autre\ntitle: { fr: Mienne }\ndialct: standard\n')
  writeFileSync(join(folder, 'mienne/apis/lieux/1/api.yaml'), 'code: lieux\nversion: 1\n')
  writeFileSync(join(folder, 'mienne/apis/lieux/1/openapi.yaml'), 'openapi: 3.1.0\npaths: [\n')
  const bad = await runCommand(nowhere, ['check', folder])
  assert.deepEqual([bad.code, bad.stdout], [1, ''])
  for (const file of ['platform.yaml', 'api.yaml', 'openapi.yaml'])
    assert.match(bad.stderr, new RegExp(`${file.replace('.', '\\.')}:\\d+:\\d+\\n {4}\\S.*\\n {4}→ \\S`))
  assert.match(bad.stderr, /\d+ mistakes in /)

  const absent = await runCommand(nowhere, ['check', join(folder, 'rien')])
  assert.equal(absent.code, 1)
  assert.match(absent.stderr, /rien/)
  assert.doesNotMatch(absent.stderr, /\n +at /)
})
