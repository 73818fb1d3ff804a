import { fileURLToPath } from 'node:url'

/** The folder of platforms that comes with Portique; compiled, this file lies in `dist/src/cli`. */
export const shippedPlatforms = fileURLToPath(new URL('../../../platforms', import.meta.url))

/** The guides that come with it. */
export const shippedGuides = fileURLToPath(new URL('../../../docs/guides', import.meta.url))

/** Remembers what those were read to, beside the compiled code, as long as that is the same. */
export const shippedMemory = {
  file: fileURLToPath(new URL('../../cache/platforms', import.meta.url)),
  readers: fileURLToPath(new URL('../../.tsbuildinfo', import.meta.url)),
}
