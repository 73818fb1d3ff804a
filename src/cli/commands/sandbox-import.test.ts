import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import { createTerminal } from '../terminal.js'
import { sandboxImportCommand } from './sandbox-import.js'

const sent = z.object({ cases: z.array(z.object({ file: z.string() })) })

test('files that are refused together for the form of one are sent one by one', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'portique-batch-'))
  t.after(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'operation'))
  for (const name of ['a', 'b', 'c']) await writeFile(join(folder, 'operation', `${name}.yaml`), 'status: 200\n')
  let out = ''
  const output = { write: (text: string) => (out += text) }
  const group = new Command().exitOverride()
  const control = async (_method: string, _path: string, body?: unknown) => {
    const files = sent.parse(body).cases.map(({ file }) => file)
    const text = { fr: 'refusé', en: 'cases.0: wrong' }
    if (files.includes('operation/b.yaml')) throw new Problem({ code: 'control/body', status: 400, text })
    return files.map((file) => ({ file, api: 'x/y/1', notes: [], before: 'nothing' }))
  }
  sandboxImportCommand(group, {
    control,
    terminal: createTerminal(output, output),
    settings: () => assert.fail('no settings are asked for'),
    trySettings: () => assert.fail('no settings are asked for'),
  })
  await assert.rejects(group.parseAsync(['import', folder, '--platform', 'x'], { from: 'user' }), { exitCode: 1 })
  assert.match(
    out,
    /a\.yaml {2}taken: x\/y\/1\n {2}operation\/b\.yaml {2}refused: cases\.0: wrong\n {2}operation\/c\.yaml {2}taken/,
  )
})
