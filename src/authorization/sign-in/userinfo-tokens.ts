import type { Adapter } from 'oidc-provider'
import { Provider } from '../oidc-provider.js'

/** The userinfo endpoint is one of the platform's APIs: a token for these opens it too, which to the library is another audience. */
export function openUserinfo(adapter: Adapter, resource: string): Adapter {
  return {
    ...adapter,
    async find(id) {
      const found = await adapter.find(id)
      if (!found || found.aud !== resource || Provider.ctx?.oidc?.route !== 'userinfo') return found
      const { aud: _, ...open } = found
      return open
    },
  }
}
