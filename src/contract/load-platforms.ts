import { inOrder, type Mistake } from './mistake.js'
import type { Platform } from './platform.js'
import { readPlatformTree, readTree } from './reading/read-tree.js'
import { keepTree, recallTree, type TreeMemory } from './reading/tree-memory.js'

export interface LoadedPlatforms {
  /** Frozen; what could be read. Nothing may start on them while there is a mistake. */
  readonly platforms: readonly Platform[]
  /** All of them, by file and place. */
  readonly mistakes: readonly Mistake[]
}

/**
 * Reads a folder of platforms as start does: everything but the values in examples and payloads, which `checkPlatforms` holds against their schemas.
 * Never rejects for what stands in the folder. `memory` spares the next start the reading.
 */
export async function loadPlatforms(folder: string, memory?: TreeMemory): Promise<LoadedPlatforms> {
  const known = memory === undefined ? null : recallTree(folder, memory)
  if (known !== null) return { platforms: known, mistakes: [] }
  const { trees, mistakes } = await readTree(folder)
  const platforms = Object.freeze(trees.flatMap(({ platform }) => (platform === null ? [] : [platform])))
  if (memory !== undefined && mistakes.length === 0) keepTree(folder, platforms, memory)
  return { platforms, mistakes: inOrder(mistakes) }
}

/** Reads the folder of one platform. */
export async function loadPlatform(
  folder: string,
): Promise<{ readonly platform: Platform | null; readonly mistakes: readonly Mistake[] }> {
  const { platform, mistakes } = await readPlatformTree(folder)
  return { platform, mistakes: inOrder(mistakes) }
}
