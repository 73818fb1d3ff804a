import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { test } from 'node:test'
import { readDocuments } from './documents.js'

const documents = readDocuments()
const textOf = new Map(documents.map(({ path, text }) => [path, text]))
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))

test('there are documents to look at', () => assert.ok(documents.length > 20))

test('every relative link leads somewhere, its anchor too', () => {
  const dead = documents.flatMap(({ path, prose }) =>
    [...prose.matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((link) => !/^[a-z]+:/.test(link) && !leads(path, link))
      .map((link) => `${path}: ${link}`),
  )
  assert.deepEqual(dead, [])
})

test('every script that is named exists', () => {
  const unknown = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)]
      .filter(([, name = '']) => scripts[name] === undefined)
      .map(([said]) => `${path}: ${said}`),
  )
  assert.deepEqual(unknown, [])
})

test('every file of the project that is named exists', () => {
  const missing = documents.flatMap(({ path, prose }) =>
    [...prose.matchAll(/`([^`\n]+)`/g)]
      .map(([, said = '']) => said)
      .filter((said) => isPath.test(said) && !existsSync(said) && !existsSync(join(dirname(path), said)))
      .map((said) => `${path}: ${said}`),
  )
  assert.deepEqual(missing, [])
})

test('the walk through the house names every room', () => {
  const walk = textOf.get('docs/architecture.md') ?? ''
  const rooms = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of rooms) assert.match(walk, new RegExp(`\\b${name}\\b`), `the room ${name} is not there`)
})

/** Begins in a folder of the project and holds no placeholder. */
const isPath = /^(?:src|docs|platforms|scripts|test|bench|\.ci)\/[\w./-]+$/

function leads(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const path = file === '' ? from : join(dirname(from), file)
  if (!existsSync(path)) return false
  return anchor === undefined || anchorsOf(textOf.get(path) ?? '').has(anchor)
}

/** Anchors of headings as GitHub makes them, and those written out. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)])
}
