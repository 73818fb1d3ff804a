import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readSources, type SourceFile, target } from './imports.js'

const root = process.cwd()
const sources = readSources(root)

/** The floors of the house, lowest first; rooms of one floor stand beside each other. */
const floors: readonly (readonly string[])[] = [
  ['base'],
  ['contract', 'theme'],
  ['storage', 'gateway', 'sandbox'],
  ['mail'],
  ['directory'],
  ['catalog'],
  ['access'],
  ['metering'],
  ['authorization'],
  ['portal', 'control'],
  ['cli'],
]
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)))
/** Tighter than their floor: what these rooms may import at all. */
const only: Readonly<Record<string, readonly string[]>> = {
  gateway: ['base', 'contract'],
  sandbox: ['base', 'contract'],
}

const inRooms = sources.filter((file) => !file.path.endsWith('.test.ts'))

test('there is a house to look at', () => assert.ok(inRooms.length > 20))

test('every folder of src is a room with a floor and a door', () => {
  const rooms = new Set(sources.map((file) => file.room))
  for (const room of rooms) assert.ok(floorOf.has(room), `src/${room} has no floor`)
  const doors = doorsOfPackage()
  for (const [name, path] of doors) assert.equal(path, `./dist/src/${name.slice(1)}/index.js`, `${name} is not a door`)
})

test('a door opens with the sentence that says what its room promises', () => {
  for (const file of inRooms.filter((each) => /^src\/[^/]+\/index\.ts$/.test(each.path)))
    assert.match(file.text, /^\/\*\* [A-Z].+[.]/, `${file.path} does not open with its promise`)
})

test('rooms import downwards only, and through doors only', () => {
  assert.deepEqual(inRooms.flatMap(wrongImports), [])
})

test('no file is part of an import circle', () => {
  assert.deepEqual(circles(inRooms), [])
})

test('only main reads the environment of the process', () => {
  const readers = inRooms.filter((file) => file.text.includes('process.env') && file.path !== 'src/cli/main.ts')
  assert.deepEqual(
    readers.map((file) => file.path),
    [],
  )
})

test('there is no drawer', () => {
  const drawers = sources.filter((file) => /(^|\/)(helpers?|utils?|common|shared|lib|misc)(\/|\.tsx?$)/.test(file.path))
  assert.deepEqual(
    drawers.map((file) => file.path),
    [],
  )
})

test('no code below main knows a platform by name', () => {
  const names = /['"`](?:france-travail|api-particulier|piste)['"`/]/
  const knowing = inRooms.filter((file) => !file.path.startsWith('src/contract/') && names.test(file.text))
  assert.deepEqual(
    knowing.map((file) => file.path),
    [],
  )
})

function doorsOfPackage(): readonly (readonly [string, string])[] {
  const manifest: { imports: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))
  return Object.entries(manifest.imports)
}

function wrongImports(file: SourceFile): readonly string[] {
  return file.imports.flatMap((specifier) => {
    if (specifier.startsWith('.')) {
      const room = target(root, file, specifier).split('/')[1]
      return room === file.room ? [] : [`${file.path} climbs out of its room: ${specifier}`]
    }
    if (!specifier.startsWith('#')) return []
    const room = specifier.slice(1)
    const own = floorOf.get(file.room) ?? -1
    const other = floorOf.get(room)
    if (other === undefined) return [`${file.path} imports what is no door: ${specifier}`]
    if (other >= own) return [`${file.path} imports above or beside itself: ${specifier}`]
    const allowed = only[file.room]
    return allowed === undefined || allowed.includes(room)
      ? []
      : [`${file.path} may import only ${allowed.join(', ')}: ${specifier}`]
  })
}

function circles(files: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    const file = byPath.get(path)
    if (file === undefined || done.has(path) || trail.includes(path)) return
    for (const specifier of file.imports)
      if (specifier.startsWith('.')) visit(target(root, file, specifier), [...trail, path])
    done.add(path)
  }
  for (const file of files) visit(file.path, [])
  return found
}
