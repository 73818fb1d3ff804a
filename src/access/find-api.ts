import type { ApiVersion } from '#contract'
import { nearestNames } from './nearest-names.js'
import { accessProblem } from './problems.js'

/** The API that someone means by `<platform>/<code>/<version>`, `<code>/<version>` or `<code>`. Throws `access/unknown-api` with the nearest names. */
export function findApi(apis: readonly ApiVersion[], platform: string, wanted: string): ApiVersion {
  const own = apis.filter((api) => api.platform === platform)
  const exact = own.find((api) => api.id === wanted || `${api.code}/${api.version}` === wanted)
  if (exact !== undefined) return exact
  const byCode = own.filter((api) => api.code === wanted)
  if (byCode.length === 1 && byCode[0] !== undefined) return byCode[0]
  throw accessProblem('access/unknown-api', advice(byCode.length > 1 ? byCode.map(shortId) : near(own, wanted)))
}

const shortId = (api: ApiVersion) => `${api.code}/${api.version}`

const near = (apis: readonly ApiVersion[], wanted: string) =>
  nearestNames(
    wanted.split('/').length > 2 ? wanted.split('/').slice(1).join('/') : wanted,
    apis.flatMap((api) => (wanted.includes('/') ? [shortId(api)] : [api.code])),
  )

function advice(names: readonly string[]) {
  if (names.length === 0) return undefined
  return { fr: `Vouliez-vous dire : ${names.join(', ')} ?`, en: `Did you mean: ${names.join(', ')}?` }
}
