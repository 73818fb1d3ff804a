import { type ApiVersion, basePath, environments, type Platform } from '#contract'

/** The APIs that the ready block's commands call: what a newcomer pastes first is prepared first, and the rest when it is asked for. */
export function touredApis(apis: readonly ApiVersion[], platforms: readonly Platform[]): readonly ApiVersion[] {
  const byId = new Map(platforms.map((platform) => [platform.id, platform]))
  return apis.filter((api) => isToured(api, byId.get(api.platform)))
}

function isToured(api: ApiVersion, platform: Platform | undefined): boolean {
  const calls = (platform?.tour ?? []).flatMap((stop) => (stop.kind === 'call' ? [stop.target] : []))
  if (platform === undefined || calls.length === 0) return false
  const bases = environments.map((environment) => basePath(platform.path, api, environment).segments)
  return calls.some((target) => bases.some((base) => target.startsWith(`/${base.join('/')}/`)))
}
