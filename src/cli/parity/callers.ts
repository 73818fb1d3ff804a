import { randomUUID } from 'node:crypto'
import type { Access, ApiTokens } from '#access'
import type { ApiVersion, Environment, Platform } from '#contract'

const actor = 'parity'

/** The credentials of one environment: texts that go into `Authorization: Bearer`. */
export interface Caller {
  readonly environment: Environment
  readonly full: string
  /** Held by no other case, so that its quota is whole. */
  readonly flooding: string
  readonly revoked: string
  readonly expired: string
  /** Well formed, signed by nobody. */
  readonly foreign: string
  /** By scope: that one alone. */
  readonly alone: ReadonlyMap<string, string>
}

export interface CallerNeeds {
  readonly access: Access
  readonly platform: Platform
  /** Moves the clock: to when tokens made then have expired, or to now. */
  readonly at: (moment: 'long ago' | 'now') => void
}

/** An application with the same rights in each environment, and tokens of every kind. */
export async function makeCaller({ access, platform, at }: CallerNeeds, environment: Environment): Promise<Caller> {
  const { tokens } = access
  at('long ago')
  const wanted = { name: `Parité ${environment}`, platform: platform.id, environment, type: 'private' as const }
  const { application } = await access.createApplication({ ...wanted, redirectUris: [], purpose: 'Parité', actor })
  for (const api of platform.apis)
    await access.subscribe({ applicationId: application.id, api: api.id, environment, actor })
  const scopes = [...new Set(platform.apis.flatMap((api) => [...api.scopes[environment], ...(api.dataScopes ?? [])]))]
  const create = async (own: readonly string[]) =>
    tokens.create({
      applicationId: application.id,
      title: 'Parité',
      scopes: own,
      rights: rightsOf(platform.apis),
      actor,
    })
  const expired = await create(scopes)
  at('now')
  const [full, flooding, revoked] = [await create(scopes), await create(scopes), await create(scopes)]
  await tokens.revoke({ tokenId: revoked.id, actor })
  const alone = new Map<string, string>()
  for (const scope of scopes) alone.set(scope, (await create([scope])).token)
  return {
    environment,
    ...{ full: full.token, flooding: flooding.token, revoked: revoked.token, expired: expired.token },
    foreign: foreignTo(full),
    alone,
  }
}

const rightsOf = (apis: readonly ApiVersion[]): readonly string[] => [
  ...new Set(
    apis.flatMap(({ operations }) =>
      operations.flatMap(({ definition }) =>
        [definition, ...(definition.parameters ?? [])].flatMap(({ 'x-right': right }) => right ?? []),
      ),
    ),
  ),
]

/** The same claims under another name, with a signature of no key of ours. */
function foreignTo({ token }: Awaited<ReturnType<ApiTokens['create']>>): string {
  const [head = '', claims = ''] = token.split('.')
  const own = { ...JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')), jti: randomUUID() }
  const signature = Buffer.alloc(32, 7).toString('base64url')
  return `${head}.${Buffer.from(JSON.stringify(own)).toString('base64url')}.${signature}`
}
