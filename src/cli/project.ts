import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

const here = import.meta.url
/** The folder of Portique itself. Found by its `package.json`, since this file is compiled to one place and bundled in another. */
const project = dirname(findPackageJSON(here) ?? here)

/** The folder of platforms that comes with Portique. */
export const shippedPlatforms = join(project, 'platforms')

/** The guides that come with it. */
export const shippedGuides = join(project, 'docs', 'guides')

/** Remembers what those were read to, beside the compiled code, as long as that is the same. */
export const shippedMemory = {
  file: join(project, 'dist', 'cache', 'platforms'),
  readers: join(project, 'dist', '.tsbuildinfo'),
}

/** What V8 made of the code. */
export const compiledCode = join(project, 'dist', '.compiled')
