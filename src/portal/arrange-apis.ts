import type { Language } from '#base'
import type { ApiVersion } from '#contract'

/** One API with its versions on the air, newest first. */
export type ApiVersions = readonly [ApiVersion, ...ApiVersion[]]

export interface ArrangedApis {
  /** What people look for. */
  readonly first: readonly ApiVersions[]
  /** What the platform itself answers: its contracts, its state, its errors. */
  readonly plumbing: readonly ApiVersions[]
  /** APIs of which every version will be retired. */
  readonly retiring: readonly ApiVersions[]
}

/** The APIs of a platform in three groups, each in the order of its titles. */
export function arrangeApis(apis: readonly ApiVersion[], language: Language): ArrangedApis {
  const byCode = Map.groupBy(apis, ({ code }) => code)
  const all = [...byCode.values()]
    .flatMap((versions): ApiVersions[] => {
      const [newest, ...older] = versions.toSorted((a, b) => Number(b.version) - Number(a.version))
      return newest === undefined ? [] : [[newest, ...older]]
    })
    .toSorted(([a], [b]) => a.title[language].localeCompare(b.title[language], language))
  return {
    first: all.filter((versions) => !isPlumbing(versions) && !isRetiring(versions)),
    plumbing: all.filter(isPlumbing),
    retiring: all.filter((versions) => !isPlumbing(versions) && isRetiring(versions)),
  }
}

const isPlumbing = ([newest]: ApiVersions) => newest.upstreams.production === 'gateway'
const isRetiring = (versions: ApiVersions) => versions.every(({ lifecycle }) => lifecycle.state === 'deprecated')
