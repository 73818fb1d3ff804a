import type { ApiVersion, TokenHabits } from '#contract'
import type { AccessOptions } from '../access.js'
import { audited, type Deed } from '../audited.js'
import { accessProblem } from '../problems.js'
import type { Views } from '../views.js'
import type { ApiTokens, Visit, VisitorToken } from './api-tokens.js'
import { checkToken } from './check-token.js'
import { newTokenRow } from './new-token-row.js'
import type { SigningKeys } from './signing-keys.js'
import { deed } from './token-deed.js'
import { visitorApis } from './visitor-apis.js'
import { createVisitorPlaces, TooManyVisitors } from './visitor-places.js'
import { visitorsApplication, visitorsId } from './visitors-application.js'

interface Needs {
  readonly options: AccessOptions
  readonly views: Views
  readonly keys: SigningKeys
  readonly show: ApiTokens['show']
}

const actor = 'visitor'
const daysMax = 30

/** How long such a token lives. */
export const visitorTokenDays = ({ days }: TokenHabits): number => Math.min(daysMax, days)

/** Tokens of the sandbox for whoever asks: every scope of invented data, a month, held by the one application that stands for a platform's visitors. */
export function visitorTokens({ options, views, keys, show }: Needs): Pick<ApiTokens, 'giveToVisitor' | 'visits'> {
  const { catalog, identifiers, log } = options
  const places = createVisitorPlaces(options)
  const visits = { given: 0, address: 0, network: 0, platform: 0, closed: 0 }

  const lifeOf = (id: string): number => {
    const platform = catalog.platforms().get(id)
    if (platform === undefined) throw accessProblem('access/unknown-platform')
    if (platform.tokens == null) throw accessProblem('access/no-tokens-here')
    return visitorTokenDays(platform.tokens)
  }

  /** Its id; the place that it takes, its holder and itself are kept together or not at all. */
  const keep = async (visit: Visit, { days, apis }: { days: number; apis: readonly ApiVersion[] }): Promise<string> => {
    const { platform } = visit
    const applicationId = visitorsId(platform)
    const checked = checkToken({ applicationId, title: 'Visiteur', actor }, { apis, environment: 'sandbox' })
    const take = await places.taker(visit)
    const id = identifiers.uuid()
    let last = false
    await audited(options, async (transaction, now) => {
      last = (await take(transaction, now)).last
      const made = await visitorsApplication(transaction, { platform, now })
      const row = { ...newTokenRow(checked, { applicationId, identifiers, now, days }), id }
      await transaction.insertInto('api_token').values(row).execute()
      const given: Deed = deed('create', row, { actor })
      return made === null ? given : [{ ...made, actor }, given]
    })
    if (last) log.warn('access.visitor-tokens-spent', { platform })
    return id
  }

  const give = async (visit: Visit): Promise<VisitorToken> => {
    const days = lifeOf(visit.platform)
    const apis = visitorApis(catalog.apis().filter((api) => api.platform === visit.platform))
    if (apis.length === 0) return { kind: 'closed' }
    const holder = visitorsId(visit.platform)
    if ((await views.known(holder))?.access.state === 'suspended') return { kind: 'closed' }
    const none = await places.none(visit)
    if (none !== null) return { kind: 'wait', ...none }
    await keys.fresh()
    try {
      const id = await keep(visit, { days, apis })
      await views.settled(holder)
      return { kind: 'given', token: await show(id) }
    } catch (error) {
      if (!(error instanceof TooManyVisitors)) throw error
      return { kind: 'wait', ...((await places.none(visit)) ?? { ...error.met, retryAfterSeconds: 1 }) }
    }
  }

  return {
    async giveToVisitor(visit) {
      const answer = await give(visit)
      visits[answer.kind === 'wait' ? answer.of : answer.kind] += 1
      return answer
    },
    visits: () => ({ ...visits }),
  }
}
