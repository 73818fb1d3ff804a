import type { SandboxCase } from '#contract'
import type { KeptLists } from './read-cases.js'

export type ListFor = (api: string, applicationId: string) => readonly SandboxCase[]

/** The list that answers an application: its own cases, then those that all share; made once, so that its matcher is too. */
export function listsFor(kept: KeptLists): ListFor {
  const joined = new Map<string, readonly SandboxCase[]>()
  return (api, applicationId) => {
    const lists = kept.get(api)
    const shared = lists?.get('') ?? none
    const own = applicationId === '' ? undefined : lists?.get(applicationId)
    if (own === undefined) return shared
    const key = `${applicationId} ${api}`
    const list = joined.get(key) ?? [...own, ...shared]
    joined.set(key, list)
    return list
  }
}

const none: readonly SandboxCase[] = []
