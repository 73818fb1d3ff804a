import { basename, join, resolve } from 'node:path'
import type { Mistake } from '../mistake.js'
import type { Platform } from '../platform.js'
import { collisionIn, platformCollision, realmCollision } from './collisions.js'
import { deepFreeze } from './deep-freeze.js'
import { originMistakes } from './origin-mistakes.js'
import type { ReadApi } from './read-api.js'
import { fileBytesMax, readFolder, readSource } from './read-file.js'
import { readPersonas } from './read-personas.js'
import { readPlatform } from './read-platform.js'
import { readVersion } from './read-version.js'
import { mistakeAt } from './shape-mistakes.js'
import type { Source } from './source.js'
import { strangers } from './strangers.js'

export interface PlatformTree {
  readonly platform: Platform | null
  readonly source: Source
  readonly apis: readonly ReadApi[]
  readonly mistakes: readonly Mistake[]
}

/** One platform's folder, with what the deeper checks need. */
export async function readPlatformTree(folder: string): Promise<PlatformTree> {
  const file = join(folder, 'platform.yaml')
  const source = await readSource(file, { file, bytesMax: fileBytesMax.settings })
  const { platform, ground, mistakes } = readPlatform(source, { name: basename(resolve(folder)), folder })
  const odd = strangers(folder, await readFolder(folder), {
    files: ['platform.yaml', 'documentation.yaml'],
    folders: ['apis', 'personas', 'data'],
  })
  const [versions, people] = await Promise.all([versionNames(folder), readPersonas(ground)])
  const apis = await Promise.all(versions.names.map((names) => readVersion(ground, names)))
  const whole = { ...ground, apis: apis.flatMap(({ api }) => (api === null ? [] : [api])), personas: people.personas }
  const found = [
    ...mistakes,
    ...odd,
    ...versions.mistakes,
    ...people.mistakes,
    ...apis.flatMap((read) => read.mistakes),
    ...apiCollisions(whole),
    ...realmCollisions(whole, [whole]),
    ...apis.flatMap((read) => originMistakes(read, whole.apis)),
  ]
  return { platform: platform === null ? null : deepFreeze(whole), source, apis, mistakes: found }
}

/** A folder of platforms. */
export async function readTree(
  folder: string,
): Promise<{ readonly trees: readonly PlatformTree[]; readonly mistakes: readonly Mistake[] }> {
  const entries = await readFolder(folder)
  if (entries === null || entries.folders.length === 0) {
    const reason = entries === null ? 'there is no such folder' : 'there is no platform in this folder'
    return {
      trees: [],
      mistakes: [{ file: folder, line: 1, column: 1, reason, mend: 'Name a folder that holds one folder a platform.' }],
    }
  }
  const trees = await Promise.all(entries.folders.map((name) => readPlatformTree(join(folder, name))))
  const platforms = trees.flatMap(({ platform }) => (platform === null ? [] : [platform]))
  const mistakes = [
    ...trees.flatMap((tree) => tree.mistakes),
    ...platformCollisions(trees),
    ...platforms.flatMap((platform) =>
      realmCollisions(
        platform,
        platforms.filter((other) => other !== platform),
      ),
    ),
    ...strangers(folder, entries, { files: [], folders: entries.folders }),
  ]
  return { trees, mistakes }
}

async function versionNames(folder: string) {
  const apis = join(folder, 'apis')
  const codes = await readFolder(apis)
  const versions = await Promise.all(
    (codes?.folders ?? []).map(async (code) => ({ code, entries: await readFolder(join(apis, code)) })),
  )
  const names = versions.flatMap(({ code, entries }) => (entries?.folders ?? []).map((version) => ({ code, version })))
  const empty = versions
    .filter(({ entries }) => (entries?.folders ?? []).length === 0)
    .map(({ code }) => ({
      file: join(apis, code),
      line: 1,
      column: 1,
      reason: 'an API without any version',
      mend: 'Add a folder a version, such as "1", with openapi.yaml and api.yaml.',
    }))
  const odd = versions.flatMap(({ code, entries }) =>
    strangers(join(apis, code), entries && { files: entries.files, folders: [] }, { files: [], folders: [] }),
  )
  return { names, mistakes: [...empty, ...odd] }
}

function apiCollisions(platform: Platform): readonly Mistake[] {
  return platform.apis.flatMap((api, index) => {
    const other = collisionIn(platform.path, api, platform.apis.slice(0, index))
    if (other === null) return []
    return [
      {
        ...placeOf(platform, api),
        reason: `its paths collide with those of the API "${other.id}"`,
        mend: 'Choose another code.',
      },
    ]
  })
}

function realmCollisions(platform: Platform, platforms: readonly Platform[]): readonly Mistake[] {
  return platform.apis.flatMap((api) => {
    const found = realmCollision(platform.path, api, platforms)
    return found === null ? [] : [{ ...placeOf(platform, api), ...found }]
  })
}

const placeOf = ({ folder }: Platform, { code, version }: Platform['apis'][number]) => ({
  file: join(folder, 'apis', code, version, 'api.yaml'),
  ...{ line: 1, column: 1 },
})

function platformCollisions(trees: readonly PlatformTree[]): readonly Mistake[] {
  return trees.flatMap(({ platform, source }, index) =>
    trees.slice(0, index).flatMap((other) => {
      const found = platform === null || other.platform === null ? null : platformCollision(platform, other.platform)
      return found === null
        ? []
        : [mistakeAt(source, found.path, { reason: found.reason, mend: 'Choose another for one of the two.' })]
    }),
  )
}
