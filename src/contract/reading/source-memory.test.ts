import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readSource } from './read-file.js'
import { openSourceMemory } from './source-memory.js'

function folderFor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'portique-memory-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return { memoryFile: join(folder, 'deep', 'memory.json'), file: join(folder, 'a.yaml') }
}

async function read(memoryFile: string, file: string, text: string) {
  writeFileSync(file, text)
  const memory = await openSourceMemory(memoryFile)
  const source = await readSource(file, { file, bytesMax: 10_000, memory })
  await memory.save()
  return source
}

const sound = 'a: 1\nb:\n  - {c: été, d: null}\n  - "0"\n'

test('a text is read to the same value and places, from memory or not; another text is another one', async (t) => {
  const { memoryFile, file } = folderFor(t)
  const first = await read(memoryFile, file, sound)
  // What memory says is what is taken: else this test would not see it used.
  const kept = readFileSync(memoryFile, 'utf8')
  assert.match(kept, /"a":1/)
  writeFileSync(memoryFile, kept.replace('"a":1', '"a":2'))
  assert.deepEqual((await read(memoryFile, file, sound)).value, { ...Object(first.value), a: 2 })
  writeFileSync(memoryFile, kept)
  const again = await read(memoryFile, file, sound)
  assert.deepEqual(again.value, first.value)
  for (const path of [['b', 0, 'c'], ['a'], ['b', 1], ['none']])
    for (const of of ['key', 'value'] as const) assert.deepEqual(again.place(path, of), first.place(path, of))
  assert.deepEqual((await read(memoryFile, file, sound.replace('1', '3'))).value, { ...Object(first.value), a: 3 })
})

test('texts with mistakes, and values that JSON would change, are read every time', async (t) => {
  const { memoryFile, file } = folderFor(t)
  for (const text of ['a: 1\na: 2\n', 'a: [', 'a: .nan\n', 'a: -.inf\n', 'a: -0.0\n', '']) {
    const [first, second] = [await read(memoryFile, file, text), await read(memoryFile, file, text)]
    assert.deepEqual(second.mistakes, first.mistakes, text)
    assert.deepEqual(second.value, first.value, text)
  }
})

test('a memory that is broken, of another format, or cannot be written, is none', async (t) => {
  const { memoryFile, file } = folderFor(t)
  await read(memoryFile, file, sound)
  for (const broken of ['', '{', 'null', '{"format":"other","values":{}}', '{"format":"sources-1","values":3}']) {
    writeFileSync(memoryFile, broken)
    assert.deepEqual((await read(memoryFile, file, sound)).value, (await read(memoryFile, file, sound)).value)
  }
  assert.deepEqual(readdirSync(join(memoryFile, '..')), ['memory.json'], 'no draft stays behind')
  const nowhere = join(file, 'no-folder', 'memory.json')
  assert.deepEqual((await read(nowhere, file, sound)).mistakes, [])
})
