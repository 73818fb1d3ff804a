import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import { createTerminal } from '../terminal.js'
import { sandboxImportCommand } from './sandbox-import.js'

const sent = z.object({ cases: z.array(z.object({ file: z.string() })) })

/** The command on a folder of cases, with an answer for the cases of each message. */
async function importing(t: TestContext, names: readonly string[], answer: (files: readonly string[]) => unknown) {
  const folder = await mkdtemp(join(tmpdir(), 'portique-batch-'))
  t.after(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'operation'))
  for (const name of names) await writeFile(join(folder, 'operation', `${name}.yaml`), 'status: 200\n')
  const told = { out: '' }
  const output = { write: (text: string) => (told.out += text) }
  const group = new Command().exitOverride()
  sandboxImportCommand(group, {
    control: async (_method, _path, body) => answer(sent.parse(body).cases.map(({ file }) => file)),
    terminal: createTerminal(output, output),
    settings: () => assert.fail('no settings are asked for'),
    trySettings: () => assert.fail('no settings are asked for'),
  })
  return { told, run: () => group.parseAsync(['import', folder, '--platform', 'x'], { from: 'user' }) }
}

const taken = (files: readonly string[]) => files.map((file) => ({ file, api: 'x/y/1', notes: [], before: 'nothing' }))

for (const [code, status] of [
  ['control/body', 400],
  ['control/too-large', 413],
] as const)
  test(`files that are refused together with ${code} for one of them are sent one by one`, async (t) => {
    const { told, run } = await importing(t, ['a', 'b', 'c'], (files) => {
      const text = { fr: 'refusé', en: 'cases.0: wrong' }
      if (files.includes('operation/b.yaml')) throw new Problem({ code, status, text })
      return taken(files)
    })
    await assert.rejects(run(), { exitCode: 1 })
    assert.match(
      told.out,
      /a\.yaml {2}taken: x\/y\/1\n {2}operation\/b\.yaml {2}refused: cases\.0: wrong\n {2}operation\/c\.yaml {2}taken/,
    )
  })

test('a later message that fails leaves what was taken before told, and how to go on', async (t) => {
  const text = { fr: 'muet', en: 'silent' }
  const lost = new Problem({ code: 'command/unreachable', status: 503, text })
  const names = Array.from({ length: 251 }, (_, index) => String(index))
  let messages = 0
  const { told, run } = await importing(t, names, (files) => {
    messages += 1
    if (messages === 2) throw lost
    return taken(files)
  })
  await assert.rejects(run(), lost)
  assert.equal(told.out.match(/^ {2}operation\/\d+\.yaml {2}taken: x\/y\/1$/gm)?.length, 250)
  assert.match(
    told.out,
    /250 taken, 0 refused\.\n {2}Stopped before the last 1 of 251 cases\. .*run the same command again/,
  )

  const one = await importing(t, ['a', 'b', 'c'], (files) => {
    if (files.length > 1) throw new Problem({ code: 'control/body', status: 400, text })
    if (files.includes('operation/b.yaml')) throw lost
    return taken(files)
  })
  await assert.rejects(one.run(), lost)
  assert.match(
    one.told.out,
    /a\.yaml {2}taken: x\/y\/1\n\n {2}1 taken, 0 refused\.\n {2}Stopped before the last 2 of 3/,
  )

  const none = await importing(t, ['a'], () => {
    throw lost
  })
  await assert.rejects(none.run(), lost)
  assert.equal(none.told.out, '', 'nothing was taken: the fault says enough')
})
