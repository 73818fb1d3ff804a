import type { ApiVersion, Documentation } from '#contract'
import { arrangeApis, documentedOrder } from '../arrange-apis.js'
import { exampleCurl } from '../documentation/example-curl.js'
import type { TokenGround } from '../documentation/example-token.js'

export interface Example {
  readonly api: ApiVersion
  /** For a shell: the token, then the call. */
  readonly commands: string
}

interface Wanted {
  readonly apis: readonly ApiVersion[]
  readonly documentation: Documentation
  /** `<code>/<version>`; null: what people look for most. */
  readonly name: string | null
}

/** An API to try a token on. Null: none of that name, or none that asks for a token. */
export function exampleApiOf({ apis, documentation, name }: Wanted, ground: TokenGround): ApiVersion | null {
  const { first, retiring } = arrangeApis(apis, { language: 'fr', order: documentedOrder(documentation) })
  const asking = (some: readonly ApiVersion[]) =>
    some.find((api) => api.access.open !== true && exampleCurl(api, ground) !== null) ?? null
  if (name === null) return asking([...first, ...retiring].flat())
  return asking(apis.filter(({ code, version }) => `${code}/${version}` === name))
}

/** Null where no token is at hand. */
export function exampleOf(api: ApiVersion, ground: TokenGround): Example | null {
  const found = exampleCurl(api, ground)
  return found?.token == null ? null : { api, commands: `${found.token.command}\n${found.call}` }
}
