import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Portique } from './portique.js'
import { tokenOf, tokenPaths } from './tokens.js'

/** A call of the control API over its guarded TCP side. Resolves to status and JSON. */
export async function control(
  { url, dev }: Pick<Portique, 'url' | 'dev'>,
  method: string,
  path: string,
  body?: unknown,
) {
  const answer = await fetch(`${url}/control${path}`, {
    method,
    headers: { authorization: `Bearer ${dev.control_token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const json: unknown = await answer.json()
  return { status: answer.status, json }
}

const made = z.object({ application: z.object({ id: z.string() }), secret: z.object({ value: z.string() }) })

/** A new application of the demo platform with access to one API, and a token for it. */
export async function newApplication(portique: Portique, name: string, api: string, scope: string) {
  const answer = await control(portique, 'POST', '/applications', { platform: 'demo', name })
  const { application, secret } = made.parse(answer.json)
  const subscribed = await control(portique, 'POST', `/applications/${application.id}/subscriptions`, { api })
  assert.equal(subscribed.status, 201, JSON.stringify(subscribed.json))
  const credentials = { client_id: application.id, client_secret: secret.value }
  return { ...credentials, token: await tokenOf(portique.url + tokenPaths.demo, credentials, scope) }
}
