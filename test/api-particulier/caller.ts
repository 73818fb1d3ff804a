import assert from 'node:assert/strict'
import type { Portique } from '../start/portique.js'
import { demoApplication } from '../start/tokens.js'

export type Environment = 'production' | 'sandbox'

export interface Asked {
  /** None: all of the platform's. */
  readonly scopes?: readonly string[]
  readonly rights?: readonly string[]
  readonly environment?: Environment
}

export interface Answered {
  readonly status: number
  readonly type: string | null
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; null: it is none. */
  readonly body: Record<string, unknown> | null
}

/** SIRET of an administration. */
export const recipient = '13002526500013'

/** A long-lived token, as the platform gives it to a body with a habilitation. */
export async function givenToken(portique: Portique, asked: Asked = {}): Promise<{ id: string; token: string }> {
  const { scopes, rights = [], environment = 'sandbox' } = asked
  const application = demoApplication(portique, 'api-particulier', environment)
  const answer = await fetch(`${portique.url}/control/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${portique.dev.control_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      applicationId: application.client_id,
      title: 'Cantine scolaire',
      scopes: scopes ?? application.scopes,
      rights,
    }),
  })
  const text = await answer.text()
  assert.equal(answer.status, 201, text)
  return JSON.parse(text)
}

/** A call of the platform, with a token where one is given. */
export async function called(
  { url }: Pick<Portique, 'url'>,
  path: string,
  { token, headers = {} }: { readonly token?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answered> {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
  // Twenty calls a second for a token: a story with more of them waits its turn.
  for (let turn = 0; ; turn += 1) {
    const answer = await fetch(`${url}${path}`, { headers: { ...bearer, ...headers } })
    const text = await answer.text()
    if (answer.status !== 429 || turn === 5) return answeredAs(answer, text)
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get('retry-after'))))
  }
}

function answeredAs({ status, headers }: Response, text: string): Answered {
  const type = headers.get('content-type')
  return { status, type, headers, text, body: /json/.test(type ?? '') && text !== '' ? JSON.parse(text) : null }
}

/** The first error of version 3 and later. */
export function errorOf({ body }: Answered): { readonly code?: string; readonly source?: unknown } {
  const errors = body?.errors
  return Array.isArray(errors) ? (errors[0] ?? {}) : {}
}
