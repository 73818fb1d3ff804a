import { fileURLToPath } from 'node:url'

/** The folder of platforms that comes with Portique; compiled, this file lies in `dist/src/cli`. */
export const shippedPlatforms = fileURLToPath(new URL('../../../platforms', import.meta.url))
