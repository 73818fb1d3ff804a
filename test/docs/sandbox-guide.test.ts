import assert from 'node:assert/strict'
import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { mainFile, sharedPortique } from '../start/portique.js'
import { codeOf, noShell, runProgram } from './guide-place.js'

describe('the guide of the sandbox’s cases is run as it stands', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })

  test('sandbox-cases.md: the whole walk', { skip: noShell, timeout: 400_000 }, async (t) => {
    const { folder, environment } = portique().place
    symlinkSync(folder, join(folder, 'data'))
    cpSync('platforms/api-particulier/platform.yaml', join(folder, 'platforms/api-particulier/platform.yaml'))
    const [command = '', ...steps] = codeOf('sandbox-cases.md', 'sh')
    assert.match(command, /^portique\(\) \{ npm run --silent portique -- "\$@"; \}$/m)
    // What npm would run, without its build: that is done.
    const script = [`portique() { '${process.execPath}' '${mainFile}' "$@"; }`, 'set -o pipefail', ...steps].join('\n')
    const shell = runProgram(t, 'bash', { words: ['--norc', '-euc', script], folder, environment })
    await shell.ended()
    const told = shell.output()
    const codes = [...told.matchAll(/^(\d+)$/gm)].map(([code]) => code)
    assert.deepEqual(codes, ['1', '24003', '5', '4', '5', '8'])
    assert.match(told, / 1 +20\S+Z .* add .*\n +2 +20\S+Z .* edit +payload /)
    assert.match(told, /case_\S+ +200 +\S+ +api-particulier\/france-travail-statut\/3 +\S+ +Zoé/)
    assert.match(told, /1 case written to cases\./)
    assert.match(told, /1 taken, 0 refused\./)
    assert.match(readFileSync(join(folder, 'mine/api-particulier/platform.yaml'), 'utf8'), /verbatim: true/)
  })
})
