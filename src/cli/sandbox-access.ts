import type { SandboxAccess } from '#portal'
import type { DevApplication, DevToken } from './dev-file.js'

interface Given {
  readonly applications: readonly DevApplication[]
  readonly tokens: readonly DevToken[]
}

/** What `dev` gives away for the sandbox of a platform: its widest token, or the credentials of its demo application. */
export function sandboxAccess(platform: string, { applications, tokens }: Given): SandboxAccess | null {
  const own = tokens.filter((each) => each.platform === platform && each.environment === 'sandbox')
  const [widest] = own.toSorted((a, b) => b.scopes.length - a.scopes.length)
  if (widest !== undefined) return { kind: 'token', token: widest.token }
  const found = applications.find(
    (each) => each.platform === platform && each.environment === 'sandbox' && each.client_secret !== null,
  )
  if (found === undefined || found.client_secret === null) return null
  return {
    kind: 'client',
    clientId: found.client_id,
    clientSecret: found.client_secret,
    redirectUri: found.redirect_uris[0],
  }
}
