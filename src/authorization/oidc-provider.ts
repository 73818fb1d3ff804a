/**
 * The library, without its remark on the runtime: it asks for an LTS name, which Node's npm binaries of version 26 do not carry
 * (they are the tested ones: `package.json`). Any other remark of it is shown.
 */
const { warn } = console
console.warn = (text: unknown, ...rest: unknown[]) => {
  if (!String(text).includes('Unsupported runtime')) warn(text, ...rest)
}
const library = await import('oidc-provider')
console.warn = warn

export const { Provider, errors, interactionPolicy } = library
