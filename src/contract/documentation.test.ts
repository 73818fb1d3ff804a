import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { loadPlatforms } from '#contract'
import { readDocumentation } from './documentation.js'

const { platforms } = await loadPlatforms('platforms')
const demo = platforms.find(({ id }) => id === 'demo') ?? assert.fail()
let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portique-documentation-'))
})
after(() => rm(folder, { recursive: true }))

test('an API that the platform does not have is told with its place and the name that was meant', async () => {
  const subject = 'title: a, provider: b, data: c, availability: d'
  await writeFile(
    join(folder, 'documentation.yaml'),
    `order: [annuaire, anuaire]\nsubjects: [{ ${subject}, apis: [annuaire/1, annuaire/2] }]\n`,
  )
  const { mistakes } = await readDocumentation({ ...demo, folder })
  assert.deepEqual(
    mistakes.map(({ line, reason }) => [line, reason]),
    [
      [1, 'the platform has no API "anuaire"'],
      [2, 'the platform has no API "annuaire/2"'],
    ],
  )
  assert.match(mistakes[0]?.mend ?? '', /annuaire/)
})

test('what the shipped platforms say of themselves has no mistake', async () => {
  for (const platform of platforms) assert.deepEqual((await readDocumentation(platform)).mistakes, [], platform.id)
})
