import { loadPlatforms } from '#contract'
import { shippedMemory, shippedPlatforms } from '../src/cli/project.js'

// Part of each build, so that the first start after it is as quick as the later ones.
await loadPlatforms(shippedPlatforms, shippedMemory)
