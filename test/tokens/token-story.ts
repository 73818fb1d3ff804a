import assert from 'node:assert/strict'
import { z } from 'zod'
import { runCommand } from '../start/command.js'
import { control } from '../start/control.js'
import type { Portique } from '../start/portique.js'

/** Angela Martin's family quotient, as a client of API Particulier asks for it. */
export const quotient =
  '/v3/dss/quotient_familial/identite?recipient=13002526500013&nomNaissance=MARTIN&prenoms%5B%5D=Angela&anneeDateNaissance=1976&moisDateNaissance=3&jourDateNaissance=12&sexeEtatCivil=F&codeCogInseePaysNaissance=99100&codeCogInseeCommuneNaissance=69383'
export const quotientScope = 'cnaf_quotient_familial'

/** Hosts of the real service: the address decides the environment there. */
export const hosts = { production: 'particulier.api.gouv.fr', sandbox: 'staging.particulier.api.gouv.fr' } as const

export interface Seen {
  readonly status: number
  /** Code of the error, e.g. `00101`; null where it has none. */
  readonly code: string | null
  readonly text: string
  readonly headers: Headers
}

/** One call with a token. */
export async function callWith(
  { url }: Pick<Portique, 'url'>,
  token: string | null,
  { target = quotient, headers = {} }: { target?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Seen> {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  const answer = await fetch(url + target, { headers: { ...authorization, ...headers } })
  const text = await answer.text()
  return { status: answer.status, code: /"code":"(\d{5})"/.exec(text)?.[1] ?? null, text, headers: answer.headers }
}

export const brief = ({ status, code }: Seen): string => (code === null ? String(status) : `${status} ${code}`)

const made = z.object({ id: z.string(), token: z.string(), expiresAt: z.number() })
export type Token = z.infer<typeof made>

/** A new application of API Particulier. */
export async function newTenant(
  portique: Portique,
  environment: 'production' | 'sandbox' = 'production',
): Promise<string> {
  const request = { platform: 'api-particulier', name: 'Mairie de Villeurbanne', environment }
  const { status, json } = await control(portique, 'POST', '/applications', request)
  assert.equal(status, 201, JSON.stringify(json))
  return z.object({ application: z.object({ id: z.string() }) }).parse(json).application.id
}

/** A token of a new application, by the control API. */
export async function newToken(portique: Portique, more: Readonly<Record<string, unknown>> = {}): Promise<Token> {
  const applicationId = more.applicationId ?? (await newTenant(portique))
  const request = { title: 'Cantine', scopes: [quotientScope], ...more, applicationId }
  const { status, json } = await control(portique, 'POST', '/tokens', request)
  assert.equal(status, 201, JSON.stringify(json))
  return made.parse(json)
}

/** Moves the test clock by days. */
export async function passDays({ url }: Portique, days: number): Promise<void> {
  for (let left = days * 86_400; left > 0; left -= 30_000_000) {
    const body = JSON.stringify({ advanceSeconds: Math.min(left, 30_000_000) })
    const answer = await fetch(`${url}/dev/clock`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(answer.status, 200, await answer.text())
  }
}

/** Runs `portique token …` beside the process and gives what it printed; fails when it fails. */
export async function tokenCommand(
  { place }: Pick<Portique, 'place'>,
  ...parameters: readonly string[]
): Promise<string> {
  const { code, stdout, stderr } = await runCommand(place, ['token', ...parameters])
  assert.equal(code, 0, stderr)
  return stdout
}
