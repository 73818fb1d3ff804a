import { join } from 'node:path'
import type { Mistake } from '../mistake.js'
import type { Platform } from '../platform.js'
import { isRecord } from './keywords.js'
import { type ReadApi, readApi } from './read-api.js'
import { fileBytesMax, readFolder, readSource } from './read-file.js'
import { mistakeAt } from './shape-mistakes.js'
import { strangers } from './strangers.js'

/** One folder `apis/<code>/<version>`. */
export async function readVersion(
  platform: Platform,
  names: { readonly code: string; readonly version: string },
): Promise<ReadApi> {
  const folder = join(platform.folder, 'apis', names.code, names.version)
  const [settings, document, entries, cases] = await Promise.all([
    readSource(join(folder, 'api.yaml'), { file: join(folder, 'api.yaml'), bytesMax: fileBytesMax.settings }),
    readSource(join(folder, 'openapi.yaml'), { file: join(folder, 'openapi.yaml'), bytesMax: fileBytesMax.document }),
    readFolder(folder),
    readCaseFiles(folder),
  ])
  const files = entries?.files ?? []
  const adapter = files.includes(adapterFile) ? await readAdapterFile(join(folder, adapterFile)) : null
  const read = readApi({
    platform,
    settings,
    document,
    adapter,
    cases: cases.sources,
    source: { kind: 'folder', folder },
    names,
  })
  const odd = strangers(folder, entries, {
    files: ['api.yaml', 'openapi.yaml', adapterFile, 'simulation.yaml'],
    folders: ['sandbox', 'data'],
  })
  return { ...read, mistakes: [...read.mistakes, ...odd, ...cases.mistakes, ...termsMistake()] }

  function termsMistake(): readonly Mistake[] {
    const access = isRecord(settings.value) ? settings.value.access : undefined
    const terms = isRecord(access) ? access.terms : undefined
    if (typeof terms !== 'string' || files.includes(terms)) return []
    return [
      mistakeAt(settings, ['access', 'terms'], {
        reason: `there is no file "${terms}" beside api.yaml`,
        mend: 'Create it, or correct its name.',
      }),
    ]
  }
}

const adapterFile = 'adapter.yaml'
const readAdapterFile = (file: string) => readSource(file, { file, bytesMax: fileBytesMax.settings })

async function readCaseFiles(folder: string) {
  const sandbox = join(folder, 'sandbox')
  const entries = await readFolder(sandbox)
  const names = (entries?.files ?? []).filter((name) => name.endsWith('.yaml') && name !== 'simulation.yaml')
  const sources = await Promise.all(
    names.map(async (name) => {
      const file = join(sandbox, name)
      return { source: await readSource(file, { file, bytesMax: fileBytesMax.case }), file: `sandbox/${name}` }
    }),
  )
  return { sources, mistakes: strangers(sandbox, entries, { files: [...names, 'simulation.yaml'], folders: ['data'] }) }
}
