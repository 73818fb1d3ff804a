import assert from 'node:assert/strict'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadPlatforms } from '../load-platforms.js'
import { keepTree, recallTree, type TreeMemory } from './tree-memory.js'

interface Ground {
  readonly folder: string
  readonly memory: TreeMemory
}

/** A folder with the platform `demo`, read once with a memory. */
async function readOnce(t: TestContext): Promise<Ground> {
  const place = mkdtempSync(join(tmpdir(), 'portique-memory-'))
  t.after(() => rmSync(place, { recursive: true, force: true }))
  const folder = join(place, 'platforms')
  cpSync('platforms/demo', join(folder, 'demo'), { recursive: true })
  const memory = { file: join(place, 'deep', 'memory'), readers: join(place, 'readers') }
  writeFileSync(memory.readers, '1')
  assert.deepEqual((await loadPlatforms(folder, memory)).mistakes, [])
  return { folder, memory }
}

test('a folder is recalled as it was read, frozen, what was shared still shared', async (t) => {
  const { folder, memory } = await readOnce(t)
  const read = await loadPlatforms(folder)
  const recalled = await loadPlatforms(folder, memory)
  assert.deepEqual(recalled, read)
  const [one, other] = [read, recalled].map(({ platforms }) =>
    platforms[0]?.apis.flatMap(({ operations }) => operations),
  )
  assert.ok(Object.isFrozen(other?.[0]?.definition))
  const twice = (operations = one) => new Set(operations?.map(({ definition }) => definition.responses?.['404'])).size
  assert.equal(twice(other), twice(one))
  // What memory says is what is taken: else this test would not see it used.
  keepTree(folder, [], memory)
  assert.deepEqual((await loadPlatforms(folder, memory)).platforms, [])
})

const changes: Readonly<Record<string, (ground: Ground) => void>> = {
  'a text': ({ folder }) => {
    const file = join(folder, 'demo/platform.yaml')
    writeFileSync(file, `${readFileSync(file, 'utf8')}# more\n`)
  },
  'a file more': ({ folder }) => writeFileSync(join(folder, 'demo/stray.md'), ''),
  'a file less': ({ folder }) => rmSync(join(folder, 'demo/apis'), { recursive: true }),
  'the code that reads': ({ memory }) => writeFileSync(memory.readers, '2'),
  'a link, whose text may change unseen': ({ folder }) => symlinkSync('platform.yaml', join(folder, 'demo/link.yaml')),
  'a memory cut short': ({ memory }) => truncateSync(memory.file, 200),
  'an empty memory': ({ memory }) => truncateSync(memory.file, 0),
}
for (const [what, change] of Object.entries(changes))
  test(`it is read anew after ${what}`, async (t) => {
    const ground = await readOnce(t)
    assert.notEqual(recallTree(ground.folder, ground.memory), null)
    change(ground)
    assert.equal(recallTree(ground.folder, ground.memory), null)
    assert.deepEqual(await loadPlatforms(ground.folder, ground.memory), await loadPlatforms(ground.folder))
  })

test('what holds a mistake is not kept, and a place that cannot be written is none', async (t) => {
  const { folder, memory } = await readOnce(t)
  writeFileSync(join(folder, 'demo/platform.yaml'), 'a: [')
  const { mistakes } = await loadPlatforms(folder, memory)
  assert.notEqual(mistakes.length, 0)
  assert.deepEqual((await loadPlatforms(folder, memory)).mistakes, mistakes)
  keepTree(folder, [], { ...memory, file: join(memory.readers, 'no-folder', 'memory') })
  mkdirSync(join(memory.file, '../taken'))
  keepTree(folder, [], { ...memory, file: join(memory.file, '../taken') })
  assert.deepEqual(readdirSync(join(memory.file, '..')), ['memory', 'taken'], 'no draft stays behind')
})
