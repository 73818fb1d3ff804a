import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { everyday, signIn } from '../sign-in/people.js'
import { embeddedStore } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'
import { platforms } from '../start/shipped-platforms.js'
import { readCommands } from './read-commands.js'

const personOf = { individu: everyday.individu.persona, employeur: everyday.employeur.persona }

describe('what the documentation gives to copy', () => {
  const portique = sharedPortique(embeddedStore)

  for (const { id, realm } of platforms.flatMap(({ apis }) => apis))
    test(`the commands of ${id} succeed as they stand`, async () => {
      const page = await (await fetch(`${portique().url}/fr/apis/${id}`)).text()
      const { signIn: start, commands } = readCommands(page)
      const code = start === null ? '' : await codeOf(start, realm === 'employeur' ? 'employeur' : 'individu')
      const printed = await shell(commands, code)
      assert.match(printed, /^HTTP\/1\.1 20[0-6] /, `${commands}\n${printed}`)
    })

  test('no address of a command holds what stands in a header', async () => {
    for (const id of ['donnees-rqth/1', 'informations-administratives/1']) {
      const page = await (await fetch(`${portique().url}/fr/apis/france-travail/${id}`)).text()
      const { commands } = readCommands(page)
      assert.match(commands, /-H "ft-jeton-usager: \$JETON_USAGER"/)
      assert.doesNotMatch(commands, /\?[^']*(pa-nom-agent|ft-jeton-usager)/)
    }
  })
})

async function codeOf(start: string, realm: keyof typeof personOf): Promise<string> {
  const { callback } = await signIn(new URL(start), personOf[realm])
  return callback.searchParams.get('code') ?? assert.fail(`no code in ${callback}`)
}

async function shell(commands: string, input: string): Promise<string> {
  const child = spawn('sh', ['-c', commands], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => undefined).end(`${input}\n`)
  return text(child.stdout)
}
