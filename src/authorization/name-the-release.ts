import { release, versions } from 'node:process'

/**
 * Node's builds on npm do not say that they are a long-term release, and the library then warns of an unsupported
 * runtime at each start: a false alarm that would teach operators to overlook true ones. Named while it loads, for
 * even releases from 22 on, and unnamed again by `library.ts`.
 */
export const unnamed = release.lts === undefined && isLongTerm(Number(versions.node.split('.')[0]))

if (unnamed) Object.assign(release, { lts: 'Long-term release without its name' })

function isLongTerm(major: number): boolean {
  return major >= 22 && major % 2 === 0
}
