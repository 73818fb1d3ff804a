import type { ApiVersion } from '#contract'

/** Whether a visitor's token opens it: what answers is the simulation or the gateway itself, never a server of a provider, whose staging may hold what is not ours to give. */
export const opensToVisitors = ({ upstreams: { sandbox } }: ApiVersion): boolean =>
  sandbox === 'sandbox' || sandbox === 'gateway'

/** The APIs that visitors are given tokens for; none where nothing invented is among them. */
export function visitorApis(apis: readonly ApiVersion[]): readonly ApiVersion[] {
  return apis.some(({ upstreams }) => upstreams.sandbox === 'sandbox') ? apis.filter(opensToVisitors) : []
}
