import { posix } from 'node:path'
import { closedDoors, floors, linesMax, nodePartsOf, onlyDoors, packagesOf, tables } from './plan.js'
import { type House, isTest, type SourceFile } from './read-house.js'

/** What breaks the rule, a sentence each. */
export type Rule = (house: House) => readonly string[]

const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)))
const inRooms = (house: House): readonly SourceFile[] => house.files.filter((file) => !/\.test\.tsx?$/.test(file.path))
const shipped = (house: House): readonly SourceFile[] => house.files.filter((file) => !isTest(file))
const roomsOf = (house: House): readonly string[] => [...new Set(house.files.map((file) => file.room))]
const doorOf = (room: string) => (room === 'cli' ? 'src/cli/main.ts' : `src/${room}/index.ts`)

export const rules: Readonly<Record<string, Rule>> = {
  'every folder of src is a room with a floor': (house) =>
    roomsOf(house).flatMap((room) => (floorOf.has(room) ? [] : [`src/${room} has no floor`])),

  'every room has a door, and package.json lists the doors alone': (house) => {
    const paths = new Set(house.files.map((file) => file.path))
    const missing = roomsOf(house).filter((room) => !paths.has(doorOf(room)))
    const unlisted = roomsOf(house).filter((room) => room !== 'cli' && house.doors[`#${room}`] === undefined)
    const strange = Object.entries(house.doors).filter(
      ([name, path]) => path !== `./dist/src/${name.slice(1)}/index.js` || !paths.has(doorOf(name.slice(1))),
    )
    return [
      ...missing.map((room) => `src/${room} has no door`),
      ...unlisted.map((room) => `package.json does not list the door of src/${room}`),
      ...strange.map(([name]) => `${name} of package.json is not a door`),
    ]
  },

  'a door opens with the sentence that says what its room promises': (house) =>
    house.files
      .filter((file) => /^src\/[^/]+\/index\.ts$/.test(file.path) && !/^\/\*\* [A-Z].+[.]/.test(file.text))
      .map((file) => `${file.path} does not open with its promise`),

  'rooms import downwards only, and through doors only': (house) =>
    inRooms(house).flatMap((file) => file.imports.flatMap((specifier) => wrongImport(house, file, specifier))),

  'a room uses the packages and the parts of Node that are its own': (house) =>
    shipped(house).flatMap((file) => file.imports.flatMap((specifier) => wrongPackage(file, specifier))),

  'what is imported is written out': (house) =>
    inRooms(house).flatMap((file) => [
      ...file.computedImports.map((text) => `${file.path} computes what it imports: ${text}`),
      ...(/\bcreateRequire\b|(?<![.\w])require\s*\(/.test(file.text) ? [`${file.path} imports by require`] : []),
    ]),

  'no file is part of an import circle': circles,

  'only main reads the environment of the process': (house) =>
    inRooms(house)
      .filter((file) => file.path !== 'src/cli/main.ts')
      .filter((file) => /process\.env\b|process\s*\[|\}\s*=\s*process\b(?!\.)|globalThis\.process/.test(file.text))
      .map((file) => `${file.path} reads the environment`),

  'there is no drawer': (house) =>
    house.files
      .filter((file) => /(^|\/)(helpers?|utils?|common|shared|lib|misc)(\/|\.tsx?$)/.test(file.path))
      .map((file) => `${file.path} is a drawer`),

  'no code but a dialect knows a platform by name': (house) =>
    shipped(house)
      .filter((file) => !/^src\/contract\/(dialects\/|dialect\.ts$)/.test(file.path))
      .filter((file) => /['"`](?:france-travail|api-particulier|piste)['"`/]/.test(file.text))
      .map((file) => `${file.path} knows a platform by name`),

  'no file outgrows its one idea': (house) =>
    house.files.flatMap((file) => {
      const lines = file.text.trimEnd().split('\n').length
      const most = isTest(file) ? linesMax.test : linesMax.code
      return lines > most && !tables.includes(file.path) ? [`${file.path} has ${lines} lines, over ${most}`] : []
    }),
}

function wrongImport(house: House, file: SourceFile, specifier: string): readonly string[] {
  if (specifier.startsWith('.')) {
    const path = targetOf(house, file, specifier)
    if (path === undefined) return [`${file.path} imports what is no source: ${specifier}`]
    return path.startsWith(`src/${file.room}/`) ? [] : [`${file.path} climbs out of its room: ${specifier}`]
  }
  if (!specifier.startsWith('#')) return []
  const room = specifier.slice(1)
  const other = floorOf.get(room)
  if (other === undefined) return [`${file.path} imports what is no door: ${specifier}`]
  if (other >= (floorOf.get(file.room) ?? -1)) return [`${file.path} imports above or beside itself: ${specifier}`]
  const allowed = onlyDoors[file.room]
  if (closedDoors[file.room]?.includes(room)) return [`${file.path} may not use the door ${specifier}`]
  return allowed === undefined || allowed.includes(room)
    ? []
    : [`${file.path} may import only ${allowed.join(', ')}: ${specifier}`]
}

function wrongPackage(file: SourceFile, specifier: string): readonly string[] {
  if (/^[.#]/.test(specifier)) return []
  const rooms = nodePartsOf[specifier]
  if (specifier.startsWith('node:'))
    return rooms === undefined || rooms.includes(file.room) ? [] : [`${file.path} may not use ${specifier}`]
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return packagesOf[file.room]?.includes(name) ? [] : [`${file.path} may not use the package ${name}`]
}

/** The source that a relative import names; undefined for none. */
function targetOf(house: House, file: SourceFile, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(file.path), specifier)
  const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.jsx?$/, '.tsx')]
  const found = candidates.find((candidate) => house.files.some((each) => each.path === candidate))
  return found ?? (path.startsWith(`src/${file.room}/`) ? undefined : path)
}

function circles(house: House): readonly string[] {
  const byPath = new Map(inRooms(house).map((file) => [file.path, file]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push(circle(trail.slice(trail.indexOf(path))))
    const file = byPath.get(path)
    if (file === undefined || done.has(path) || trail.includes(path)) return
    for (const specifier of file.imports)
      if (specifier.startsWith('.')) visit(targetOf(house, file, specifier) ?? '', [...trail, path])
    done.add(path)
  }
  for (const path of byPath.keys()) visit(path, [])
  return found
}

/** Told from its first file by name, wherever the search came in. */
function circle(files: readonly string[]): string {
  const at = files.indexOf(files.toSorted()[0] ?? '')
  const turned = [...files.slice(at), ...files.slice(0, at)]
  return [...turned, turned[0]].join(' -> ')
}
