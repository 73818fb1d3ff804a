import { existsSync } from 'node:fs'
import { loadPlatforms } from '#contract'
import { shippedMemory, shippedPlatforms } from '../src/cli/project.js'

// Once after a fresh build, so that the first start is as quick as the later ones, which mend the memory themselves.
if (!existsSync(shippedMemory)) await loadPlatforms(shippedPlatforms, shippedMemory)
