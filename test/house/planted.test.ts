import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { API } from 'typescript/unstable/sync'
import { linesMax } from './plan.js'
import { type House, readHouse } from './read-house.js'
import { rules } from './rules.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'portique-house-')))
const api = new API({ cwd: folder })
after(() => {
  api.close()
  rmSync(folder, { recursive: true })
})

/** A house that keeps to every rule; each case below plants one thing in it. */
const sound: Planted['files'] = Object.fromEntries(
  ['base', 'contract', 'storage', 'gateway', 'portal', 'control'].map((room) => [
    `src/${room}/index.ts`,
    `/** Promises something. */\nexport const ${room} = 1\n`,
  ]),
)

interface Planted {
  readonly what: string
  readonly files: Readonly<Record<string, string>>
  readonly found: string
}

const imports = (room: string, specifier: string) => ({ [`src/${room}/a.ts`]: `import '${specifier}'\n` })

const planted: readonly Planted[] = [
  {
    what: 'a circle between two pages',
    files: {
      'src/portal/a.tsx': "import { b } from './b.js'\nexport const a = () => b\n",
      'src/portal/b.tsx': "import { a } from './a.js'\nexport const b = () => a\n",
    },
    found: 'src/portal/a.tsx -> src/portal/b.tsx -> src/portal/a.tsx',
  },
  {
    what: 'a circle of types',
    files: {
      'src/base/a.ts': "import type { B } from './b.js'\nexport interface A { b: B }\n",
      'src/base/b.ts': "export type B = typeof import('./a.js')\n",
    },
    found: 'src/base/a.ts -> src/base/b.ts -> src/base/a.ts',
  },
  {
    what: 'a room without a floor',
    files: { 'src/attic/index.ts': '/** Keeps. */\n' },
    found: 'src/attic has no floor',
  },
  {
    what: 'a room without a door',
    files: { 'src/theme/colour.ts': 'export const colour = 1\n' },
    found: 'src/theme has no door',
  },
  {
    what: 'a door without its promise',
    files: { 'src/base/index.ts': 'export const base = 1\n' },
    found: 'src/base/index.ts does not open with its promise',
  },
  ...['pg', 'kysely', 'hono/jsx'].map((name) => ({
    what: `the gateway with ${name}`,
    files: imports('gateway', name),
    found: `src/gateway/a.ts may not use the package ${name.split('/')[0]}`,
  })),
  ...['portal', 'control'].flatMap((room) =>
    ['kysely', 'pg'].map((name) => ({
      what: `${name} in ${room}`,
      files: imports(room, name),
      found: `src/${room}/a.ts may not use the package ${name}`,
    })),
  ),
  {
    what: 'SQLite outside of the store',
    files: imports('control', 'node:sqlite'),
    found: 'src/control/a.ts may not use node:sqlite',
  },
  {
    what: 'the store in the portal',
    files: imports('portal', '#storage'),
    found: 'src/portal/a.ts may not use the door #storage',
  },
  {
    what: 'an import upwards',
    files: { 'src/base/a.ts': "export { contract } from '#contract'\n" },
    found: 'src/base/a.ts imports above or beside itself: #contract',
  },
  {
    what: 'the gateway beside itself',
    files: imports('gateway', '#storage'),
    found: 'src/gateway/a.ts imports above or beside itself: #storage',
  },
  {
    what: 'the inside of another room',
    files: { 'src/contract/a.ts': "export const a = await import('../base/index.js')\n" },
    found: 'src/contract/a.ts climbs out of its room: ../base/index.js',
  },
  {
    what: 'a thread of another room',
    files: { 'src/contract/a.ts': "export const a = new URL('../base/index.js', import.meta.url)\n" },
    found: 'src/contract/a.ts climbs out of its room: ../base/index.js',
  },
  {
    what: 'a folder of tests with the name of the room',
    files: imports('gateway', '../../test/gateway/index.js'),
    found: 'src/gateway/a.ts climbs out of its room: ../../test/gateway/index.js',
  },
  {
    what: 'a dynamic import by template',
    files: { 'src/portal/a.ts': 'export const a = import(`../storage/index.js`)\n' },
    found: 'src/portal/a.ts computes what it imports: import(`../storage/index.js`)',
  },
  {
    what: 'a dynamic import by name',
    files: { 'src/portal/a.ts': "const name = '../storage/index.js'\nexport const a = import(name)\n" },
    found: 'src/portal/a.ts computes what it imports: import(name)',
  },
  {
    what: 'require',
    files: {
      'src/portal/a.ts':
        "import { createRequire as make } from 'node:module'\nexport const a = make(import.meta.url)\n",
    },
    found: 'src/portal/a.ts may not use node:module',
  },
  {
    what: 'the environment by import',
    files: { 'src/gateway/a.ts': "import { env } from 'node:process'\nexport const a = env\n" },
    found: 'src/gateway/a.ts may not use node:process',
  },
  {
    what: 'the environment by name',
    files: { 'src/gateway/a.ts': 'const { env } = process\nexport const a = env\n' },
    found: 'src/gateway/a.ts reads the environment',
  },
  {
    what: 'a drawer',
    files: { 'src/base/utils/a.ts': 'export const a = 1\n' },
    found: 'src/base/utils/a.ts is a drawer',
  },
  {
    what: 'a platform by name in the contract',
    files: { 'src/contract/a.ts': "export const a = 'france-travail'\n" },
    found: 'src/contract/a.ts knows a platform by name',
  },
  {
    what: 'a long file',
    files: { 'src/base/a.ts': 'export {}\n'.repeat(linesMax.code + 1) },
    found: `src/base/a.ts has ${linesMax.code + 1} lines, over ${linesMax.code}`,
  },
]

test('a sound house has nothing to find', () => assert.deepEqual(everything(build('sound', {})), []))

for (const [index, { what, files, found }] of planted.entries())
  test(`${what} is found`, () => assert.ok(everything(build(`planted-${index}`, files)).includes(found)))

test('a package that a test alone may use is no matter of the rooms', () => {
  const house = build('tests', { 'src/gateway/a.test.ts': "import 'undici'\n" })
  assert.deepEqual(everything(house), [])
})

const everything = (house: House): readonly string[] => Object.values(rules).flatMap((rule) => rule(house))

function build(name: string, changes: Planted['files']): House {
  const root = join(folder, name)
  const files = { ...sound, ...changes }
  for (const [path, text] of Object.entries(files)) write(join(root, path), text)
  const rooms = new Set(Object.keys(files).map((path) => path.split('/')[1] ?? ''))
  const doors = Object.fromEntries([...rooms].map((room) => [`#${room}`, `./dist/src/${room}/index.js`]))
  write(join(root, 'package.json'), JSON.stringify({ type: 'module', imports: doors }))
  const compilerOptions = { module: 'nodenext', jsx: 'preserve', noLib: true, types: [] }
  write(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  return readHouse(api, root)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
