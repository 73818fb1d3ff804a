import type { Language } from '#base'
import type { ApiVersion, Documentation } from '#contract'

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

export interface Arrangement {
  readonly language: Language
  /** Codes, what people look for most first; the others follow in the order of their titles. */
  readonly order: readonly string[]
}

/** The APIs of a platform in three groups. */
export function arrangeApis(apis: readonly ApiVersion[], { language, order }: Arrangement): ArrangedApis {
  const placeOf = ([{ code }]: ApiVersions) => (order.includes(code) ? order.indexOf(code) : order.length)
  const byCode = Map.groupBy(apis, ({ code }) => code)
  const all = [...byCode.values()]
    .flatMap((versions): ApiVersions[] => {
      const [newest, ...older] = versions.toSorted((a, b) => Number(b.version) - Number(a.version))
      return newest === undefined ? [] : [[newest, ...older]]
    })
    .toSorted(
      (one, other) =>
        placeOf(one) - placeOf(other) || one[0].title[language].localeCompare(other[0].title[language], language),
    )
  return {
    first: all.filter((versions) => !isPlumbing(versions) && !isRetiring(versions)),
    plumbing: all.filter(isPlumbing),
    retiring: all.filter((versions) => !isPlumbing(versions) && isRetiring(versions)),
  }
}

/** Codes in the order of a platform's documentation: its table, then what it says of the others. */
export const documentedOrder = ({ subjects, order }: Documentation): readonly string[] => [
  ...subjects.flatMap(({ apis }) => apis.map((api) => api.slice(0, api.lastIndexOf('/')))),
  ...order,
]

const isPlumbing = ([newest]: ApiVersions) => newest.upstreams.production === 'gateway'
const isRetiring = (versions: ApiVersions) => versions.every(({ lifecycle }) => lifecycle.state === 'deprecated')
