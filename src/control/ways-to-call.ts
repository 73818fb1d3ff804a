import {
  type ApiVersion,
  type Environment,
  environments,
  formatPath,
  marksSandbox,
  type Platform,
  tokenTarget,
} from '#contract'
import type { ControlNeeds, DemoApplication } from './control-needs.js'
import { type ExampleCall, exampleCall } from './example-call.js'

/** How a version is called in one environment. */
export interface WayToCall {
  readonly environment: Environment
  /** Scopes that the call needs and those that open its fields, with spaces between; empty: none. */
  readonly scope: string
  /** Where an application asks for a token by itself; null: its realm gives tokens to people who sign in, or to nobody. */
  readonly tokenUrl: string | null
  /** Its platform gives applications long-lived tokens. */
  readonly longLived: boolean
  readonly call: Pick<ExampleCall, 'method' | 'body'> & { readonly url: string }
  /** Who may call already; null: nobody. */
  readonly application: Omit<DemoApplication, 'platform' | 'environment'> | null
}

/** How a version that was just published is called, in production and in the sandbox, and by whom already. */
export async function waysToCall(needs: ControlNeeds, api: ApiVersion): Promise<readonly WayToCall[]> {
  const { catalog, addresses, demoApplications = async () => [] } = needs
  const platform = catalog.platforms().get(api.platform)
  const realm = platform?.realms.find((each) => each.name === api.realm)
  const asks = platform !== undefined && realm?.flows.includes('client_credentials') === true
  const tokenUrl = asks ? `${addresses.authorization}${tokenTarget(platform, realm)}` : null
  const applications = (await demoApplications()).filter((each) => each.platform === api.platform)
  const { method, resource, body } = exampleCall(api)
  return environments.map((environment) => {
    const holder = holderOf(platform, api, environment)
    const found = applications.find((each) => each.environment === holder)
    return {
      environment,
      scope: [...new Set([...api.scopes[environment], ...(api.dataScopes ?? [])])].join(' '),
      tokenUrl,
      longLived: platform?.tokens != null,
      call: { method, url: `${addresses.gateway}${pathOf(platform, api, { environment, resource })}`, body },
      application:
        found === undefined ? null : { name: found.name, clientId: found.clientId, clientSecret: found.clientSecret },
    }
  })
}

/** Where the path says which environment is meant, one credential serves both. */
const holderOf = (platform: Platform | undefined, api: ApiVersion, environment: Environment): Environment =>
  platform !== undefined && marksSandbox(platform.path, api) ? 'production' : environment

const pathOf = (
  platform: Platform | undefined,
  api: ApiVersion,
  at: { readonly environment: Environment; readonly resource: string },
): string => (platform === undefined ? at.resource : formatPath(platform.path, api, at))
