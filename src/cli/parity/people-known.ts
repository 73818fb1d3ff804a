import type { ApiVersion, Json, JsonObject, Platform, Verified } from '#contract'
import { createSandbox } from '#sandbox'
import type { Written } from './double-behaviour.js'
import { parametersOf, queryOf } from './good-query.js'
import { peopleOf } from './people-asked.js'

/** Somebody whom a provider knows, and what the sandbox says of them in their own name. */
export interface KnownPerson {
  readonly api: ApiVersion
  readonly claims: JsonObject
  /** As a case of the sandbox would say it. */
  readonly written: Written
}

/** The people of the suite as the sandbox answers for them: what a double of their providers must know. */
export async function peopleKnown(platform: Platform): Promise<readonly KnownPerson[]> {
  const sandbox = createSandbox({ clock: Date.now, platforms: [platform] })
  const wanted = platform.apis.flatMap((api) =>
    api.operations.flatMap((operation) => {
      const { known } = peopleOf(platform, api, operation)
      const persona = platform.personas.find(({ id }) => id === known)
      return persona === undefined ? [] : [{ api, operation, persona }]
    }),
  )
  const found = wanted.map(async ({ api, operation, persona }): Promise<readonly KnownPerson[]> => {
    const { realm, sub, claims } = persona
    const verified: Verified = {
      ...{ tokenId: 'parity', applicationId: 'parity', platform: platform.id, realm, subject: sub },
      ...{ environment: 'sandbox', scopes: new Set(api.dataScopes), expiresAt: Number.MAX_SAFE_INTEGER },
    }
    const target = `${operation.path}?${queryOf(parametersOf(operation, {}))}`
    const answer = await sandbox.handle(
      {
        ...{ requestId: 'parity', method: operation.method, target, headers: [], body: null },
        ...{ api, environment: 'sandbox', operation, pathParameters: {}, verified },
      },
      new AbortController().signal,
    )
    if (!('headers' in answer) || answer.status !== 200 || !(answer.body instanceof Uint8Array)) return []
    const payload: Json = JSON.parse(Buffer.from(answer.body).toString('utf8'))
    return [
      { api, claims: { ...claims, sub }, written: { operation: operation.id, status: 200, payload, headers: {} } },
    ]
  })
  return (await Promise.all(found)).flat()
}
