import { flushCompileCache } from 'node:module'
import { loadPlatforms } from '#contract'
import { keepCompiled } from '../src/cli/compile-cache.js'
import { compiledCode, shippedMemory, shippedPlatforms } from '../src/cli/project.js'

// Part of each build, so that the first start after it is as quick as the later ones.
keepCompiled(compiledCode)
await import('../src/cli/run-dev.js')
await loadPlatforms(shippedPlatforms, shippedMemory)
flushCompileCache()
