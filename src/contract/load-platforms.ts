import { inOrder, type Mistake } from './mistake.js'
import type { Platform } from './platform.js'
import { readPlatformTree, readTree } from './reading/read-tree.js'
import { openSourceMemory } from './reading/source-memory.js'

export interface LoadedPlatforms {
  /** Frozen; what could be read. Nothing may start on them while there is a mistake. */
  readonly platforms: readonly Platform[]
  /** All of them, by file and place. */
  readonly mistakes: readonly Mistake[]
}

/**
 * Reads a folder of platforms as start does: everything but the values in examples and payloads, which `checkPlatforms` holds against their schemas.
 * Never rejects for what stands in the folder. `memoryFile` remembers what texts were read to, for the next start.
 */
export async function loadPlatforms(folder: string, memoryFile?: string): Promise<LoadedPlatforms> {
  const memory = memoryFile === undefined ? undefined : await openSourceMemory(memoryFile)
  const { trees, mistakes } = await readTree(folder, memory)
  await memory?.save()
  return {
    platforms: Object.freeze(trees.flatMap(({ platform }) => (platform === null ? [] : [platform]))),
    mistakes: inOrder(mistakes),
  }
}

/** Reads the folder of one platform. */
export async function loadPlatform(
  folder: string,
): Promise<{ readonly platform: Platform | null; readonly mistakes: readonly Mistake[] }> {
  const { platform, mistakes } = await readPlatformTree(folder)
  return { platform, mistakes: inOrder(mistakes) }
}
