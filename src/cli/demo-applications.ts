import type { Access } from '#access'
import { type Environment, environments, marksSandbox, type Platform, standardRealmSignIn } from '#contract'
import type { DevApplication } from './dev-file.js'

const actor = 'dev'

/**
 * One application per platform and environment, subscribed to every API there, and a public one beside it where people sign in; made at the
 * first start, kept from then on.
 */
export function demoApplications(access: Access, platforms: readonly Platform[]): Promise<readonly DevApplication[]> {
  const wanted = (['private', 'public'] as const).flatMap((type) =>
    platforms
      .filter((platform) => type === 'private' || hasPeople(platform))
      .flatMap((platform) => environments.map((environment) => ({ platform, environment, type }))),
  )
  return Promise.all(wanted.map((each) => demoApplication(access, each)))
}

/** Where an application on the developer's own machine comes back to, by the ports that its frameworks take. */
const redirectUris = [3000, 5173, 8000].flatMap((port) => [
  `http://localhost:${port}/callback`,
  `http://127.0.0.1:${port}/callback`,
])

const hasPeople = ({ realms }: Platform) => realms.some(({ flows }) => flows.includes('authorization_code'))

interface Demo {
  readonly platform: Platform
  readonly environment: Environment
  readonly type: 'private' | 'public'
}

async function demoApplication(access: Access, { platform, environment, type }: Demo): Promise<DevApplication> {
  const name = demoName(environment, type)
  const known = access.list({ platform: platform.id, environment }).find((each) => each.name === name)
  const wanted = {
    name,
    platform: platform.id,
    environment,
    type,
    redirectUris: hasPeople(platform) ? redirectUris : [],
    purpose: 'Essayer les API avec des personnes fictives.',
    actor,
  }
  const { id } = known ?? (await access.createApplication(wanted)).application
  const due = missing(access, id, { platform, environment })
  if (due.length > 0) await access.subscribeAll({ applicationId: id, wanted: due, actor })
  const shown = await access.show(id)
  const live = (kind: 'secret' | 'api-key') =>
    shown.credentials.find((each) => each.kind === kind && each.live)?.value ?? null
  return {
    platform: platform.id,
    name,
    environment,
    type,
    client_id: id,
    client_secret: live('secret'),
    api_key: live('api-key'),
    redirect_uris: shown.redirectUris,
    scopes: scopesOf(access, id, { platform, type }),
  }
}

/** What one request may ask for all at once: the scopes of the first realm that has a flow for the application. */
function scopesOf(access: Access, id: string, { platform, type }: Pick<Demo, 'platform' | 'type'>): readonly string[] {
  const flow = type === 'public' ? 'authorization_code' : 'client_credentials'
  const realm = platform.realms.find(({ flows }) => flows.includes(flow))
  const identity = type === 'public' ? Object.keys((realm?.signIn ?? standardRealmSignIn).claims) : []
  return [...new Set([...identity, ...access.allowedScopes(id, realm?.name)])]
}

export const demoName = (environment: Environment, type: 'private' | 'public' = 'private'): string =>
  [environment === 'production' ? 'Demo' : 'Demo bac à sable', ...(type === 'public' ? ['publique'] : [])].join(' ')

/** What it is not subscribed to yet. Where the path says which environment is meant, one credential serves both, as it does on such a platform. */
function missing(
  access: Access,
  applicationId: string,
  { platform, environment }: Pick<Demo, 'platform' | 'environment'>,
) {
  const { apis, applications } = access.snapshot()
  const held = applications.get(applicationId)?.subscriptions
  return apis
    .filter((api) => api.platform === platform.id)
    .flatMap((api) => {
      const both = marksSandbox(platform.path, api) && environment !== 'sandbox'
      return (both ? environments : [environment]).map((each) => ({ api: api.id, environment: each }))
    })
    .filter((each) => held?.has(`${each.environment}|${each.api}`) !== true)
}
