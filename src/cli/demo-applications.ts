import type { Access } from '#access'
import { type ApiVersion, type Environment, environments, type Platform } from '#contract'
import type { DevApplication } from './dev-file.js'

const actor = 'dev'

/** One application per platform and environment, subscribed to every API there that it may call for itself; made at the first start, kept from then on. */
export function demoApplications(access: Access, platforms: readonly Platform[]): Promise<readonly DevApplication[]> {
  const wanted = platforms.flatMap((platform) => environments.map((environment) => [platform, environment] as const))
  return Promise.all(wanted.map(([platform, environment]) => demoApplication(access, platform, environment)))
}

async function demoApplication(access: Access, platform: Platform, environment: Environment): Promise<DevApplication> {
  const name = demoName(environment)
  const known = access.list({ platform: platform.id, environment }).find((each) => each.name === name)
  const { id } =
    known ?? (await access.createApplication({ name, platform: platform.id, environment, actor })).application
  const own = ownRealms(platform)
  const [realm] = own
  for (const api of access.snapshot().apis)
    if (api.platform === platform.id && own.includes(api.realm))
      await subscribe(access, id, { platform, api, environment })
  const shown = await access.show(id)
  const live = (kind: 'secret' | 'api-key') =>
    shown.credentials.find((each) => each.kind === kind && each.live)?.value ?? null
  return {
    platform: platform.id,
    name,
    environment,
    type: 'private',
    client_id: id,
    client_secret: live('secret'),
    api_key: live('api-key'),
    redirect_uris: shown.redirectUris,
    // No token is good in two realms: these are what one token of this application can hold.
    scopes: realm === undefined ? [] : [...access.allowedScopes(id, realm)],
  }
}

/** The realms in which an application acts for itself; the first is the one that the printed calls use. */
const ownRealms = (platform: Platform): readonly string[] =>
  platform.realms.filter((realm) => realm.flows.includes('client_credentials')).map(({ name }) => name)

export const demoName = (environment: Environment): string =>
  environment === 'production' ? 'Demo' : 'Demo bac à sable'

/** Where the path says which environment is meant, one credential serves both, as it does on such a platform. */
async function subscribe(
  access: Access,
  applicationId: string,
  {
    platform,
    api,
    environment,
  }: { readonly platform: Platform; readonly api: ApiVersion; readonly environment: Environment },
): Promise<void> {
  const wanted = platform.path.sandboxMarker === null || environment === 'sandbox' ? [environment] : environments
  const held = access.snapshot().applications.get(applicationId)?.subscriptions
  for (const each of wanted)
    if (held?.has(`${each}|${api.id}`) !== true)
      await access.subscribe({ applicationId, api: api.id, environment: each, actor })
}
