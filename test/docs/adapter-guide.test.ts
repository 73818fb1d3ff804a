import assert from 'node:assert/strict'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand } from '../start/command.js'
import { createPlace } from '../start/place.js'
import { startPortique } from '../start/portique.js'
import { codeOf, freePort, noShell, runNode, runProgram } from './guide-place.js'

test('adapter.md: the files, the check, the start, and the same answer from both sides', {
  skip: noShell,
}, async (t) => {
  const place = await createPlace({ name: 'embedded store', databaseUrl: null })
  t.after(() => place.drop())
  const [service = ''] = codeOf('adapter.md', 'js')
  const blocks = codeOf('adapter.md', 'sh')
  const writing = blocks.filter((each) => each.includes('mine/') && !each.includes('npm '))
  const [call = ''] = blocks.filter((each) => each.includes('token()'))
  assert.deepEqual([blocks.length, writing.length], [7, 4])
  const shell = async (script: string) => {
    const run = runProgram(t, 'bash', { words: ['--norc', '-euc', script], folder: place.folder })
    await run.ended()
    return run.output()
  }
  await shell(writing.join('\n'))

  const port = await freePort()
  const file = join(place.folder, 'mine/mairie/apis/dossiers/1/api.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('9091', String(port)))
  const checked = await runCommand(place, ['check', join(place.folder, 'mine/mairie')])
  assert.equal(checked.code, 0, checked.stderr)

  await runNode(t, service, { SERVICE_PORT: String(port) }).says(/(listening)/)
  const portique = await startPortique(place, {
    PORTIQUE_PLATFORMS: join(place.folder, 'mine'),
    PORTIQUE_PROVIDER_SECRETS: join(place.folder, 'mairie-secrets.json'),
  })
  t.after(() => portique.end('SIGKILL'))
  symlinkSync(place.folder, join(place.folder, 'data'))
  const answer = '{"montant":872,"actif":true,"fin":null,"enfants":[{"nom":"Léa"}]}\n404\n'
  assert.equal(await shell(call), answer + answer)
})
