import { randomUUID } from 'node:crypto'
import type { Access, ApiTokens } from '#access'
import type { ApiVersion, Environment, Platform } from '#contract'
import { otherScope, peopleOf } from './people-asked.js'
import { personToken } from './person-token.js'

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
  /** The token of somebody who signed in and agreed, to all scopes or to one. */
  readonly inNameOf: (persona: string, scope?: string) => string
  /** Such a token at its end; null: nobody signs in here. */
  readonly lapsed: string | null
}

export interface CallerNeeds {
  readonly access: Access
  readonly platform: Platform
  /** Moves the clock: to when tokens made then have expired, or to now. */
  readonly at: (moment: 'long ago' | 'now') => void
  /** Where people sign in. */
  readonly origin: string
}

/** An application with the same rights in each environment, and tokens of every kind. */
export async function makeCaller(needs: CallerNeeds, environment: Environment): Promise<Caller> {
  const { access, platform, at } = needs
  const { tokens } = access
  at('long ago')
  const wanted = { name: `Parité ${environment}`, platform: platform.id, environment, type: 'private' as const }
  const wishes = wishesOf(platform)
  const redirectUris = wishes.length === 0 ? [] : [redirectUri]
  const { application, secret } = await access.createApplication({ ...wanted, redirectUris, purpose: 'Parité', actor })
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
  const client = { clientId: application.id, clientSecret: secret?.value ?? '', redirectUri }
  const signedIn = (wish: Wish | undefined) =>
    wish === undefined ? null : personToken({ ...client, ...wish, issuer: needs.origin + wish.issuerPath })
  const lapsed = await signedIn(wishes[0])
  at('now')
  const people = new Map<string, string>()
  for (const wish of wishes) people.set(nameOf(wish.persona, wish.scope), (await signedIn(wish)) ?? '')
  const [full, flooding, revoked] = [await create(scopes), await create(scopes), await create(scopes)]
  await tokens.revoke({ tokenId: revoked.id, actor })
  const alone = new Map<string, string>()
  for (const scope of scopes) alone.set(scope, (await create([scope])).token)
  return {
    environment,
    ...{ full: full.token, flooding: flooding.token, revoked: revoked.token, expired: expired.token },
    foreign: foreignTo(full),
    ...{ alone, lapsed },
    inNameOf: (persona, scope) => people.get(nameOf(persona, scope)) ?? '',
  }
}

/** An application on the developer's own machine; nothing listens there. */
const redirectUri = 'http://127.0.0.1:8000/callback'

interface Wish {
  readonly persona: string
  readonly issuerPath: string
  /** Absent: all of `scopes`. */
  readonly scope?: string
  readonly scopes: readonly string[]
}

const nameOf = (persona: string, scope?: string): string => `${persona} ${scope ?? ''}`

/** Who signs in, and to what they agree: each once. */
function wishesOf(platform: Platform): readonly Wish[] {
  const inHerName = platform.apis.flatMap((api) =>
    api.operations.flatMap((operation) => {
      const realm = platform.realms.find(({ name }) => name === operation.definition['x-person'])
      return realm === undefined ? [] : [{ api, operation, issuerPath: realm.issuerPath }]
    }),
  )
  const all = [...new Set(inHerName.flatMap(({ api }) => api.dataScopes ?? []))]
  const wishes = inHerName.flatMap(({ api, operation, issuerPath }): readonly Wish[] => {
    const { known, unknown } = peopleOf(platform, api, operation)
    const single = [api.dataScopes?.[0], otherScope(platform, api)].flatMap((scope) => scope ?? [])
    return [known, unknown].flatMap((persona) =>
      persona === null
        ? []
        : [
            { persona, issuerPath, scopes: all },
            ...(persona === known ? single.map((scope) => ({ persona, issuerPath, scope, scopes: [scope] })) : []),
          ],
    )
  })
  return [...new Map(wishes.map((wish) => [nameOf(wish.persona, wish.scope), wish])).values()]
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
