import { loadPlatforms } from '#contract'
import { shippedMemory, shippedPlatforms } from '../../src/cli/project.js'

/** The platforms that Portique brings, read once for all tests of a process, from what the build remembers of them. */
export const { platforms } = await loadPlatforms(shippedPlatforms, shippedMemory)
