import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// The program as it is started: some 1,300 modules in a few dozen files, since to find and read each by itself is most of a start.
const folder = 'dist/portique'
const sources = ['dist/.tsbuildinfo', 'node_modules/.package-lock.json', 'dist/scripts/bundle.js']

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

if (changedAt(`${folder}/main.js`) <= Math.max(...sources.map(changedAt))) {
  const { build } = await import('rolldown')
  await build({
    input: {
      main: 'dist/src/cli/main.js',
      'writer-thread': 'dist/src/storage/embedded/writer-thread.js',
      'remember-start': 'dist/scripts/remember-start.js',
    },
    platform: 'node',
    // It reads the official schemas from files beside its own.
    external: ['@seriousme/openapi-schema-validator'],
    // A library of oidc-provider's marks old functions so; it is not called.
    checks: { eval: false },
    logLevel: 'warn',
    output: { dir: folder, cleanDir: true, entryFileNames: '[name].js', chunkFileNames: '[name].js' },
  })
  await import(pathToFileURL(resolve(folder, 'remember-start.js')).href)
}
