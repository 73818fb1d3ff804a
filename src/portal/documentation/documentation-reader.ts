import { type Documentation, type Platform, readDocumentation } from '#contract'

export type DocumentationReader = (platform: Platform) => Promise<Documentation>

/** Reads what is written of a platform once, when somebody first asks for it. */
export function createDocumentationReader(): DocumentationReader {
  const read = new WeakMap<Platform, Promise<Documentation>>()
  return (platform) => {
    const found = read.get(platform) ?? readDocumentation(platform).then(({ documentation }) => documentation)
    read.set(platform, found)
    return found
  }
}
