import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readDocumentation } from './documentation.js'
import type { LoadedPlatforms } from './load-platforms.js'
import { inOrder } from './mistake.js'
import { readPlatformTree, readTree } from './reading/read-tree.js'

/**
 * Everything that `loadPlatforms` checks, and then each OpenAPI document against the official schema, its schemas against JSON Schema 2020-12,
 * every example and sandbox payload against its schema, and the documentation against its shape. Takes a folder of platforms, or the folder of one.
 */
export async function checkPlatforms(folder: string): Promise<LoadedPlatforms> {
  const single = existsSync(join(folder, 'platform.yaml'))
  const { trees, mistakes } = single
    ? await readPlatformTree(folder).then((tree) => ({ trees: [tree], mistakes: tree.mistakes }))
    : await readTree(folder)
  // The validators take a fifth of a second to build: whoever only starts never pays for them.
  const { deepMistakes } = await import('./reading/deep-mistakes.js')
  const deep = []
  for (const read of trees.flatMap(({ apis }) => apis)) deep.push(...(await deepMistakes(read)))
  for (const { platform } of trees) if (platform !== null) deep.push(...(await readDocumentation(platform)).mistakes)
  return {
    platforms: trees.flatMap(({ platform }) => (platform === null ? [] : [platform])),
    mistakes: inOrder([...mistakes, ...deep]),
  }
}
