import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { control } from '../start/control.js'
import type { Place } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'
import { askToken, bearer, demoApplication, tokenPaths } from '../start/tokens.js'

/** What the process said yes to, over all rounds. */
interface Acknowledged {
  readonly tokens: Set<string>
  readonly applications: Set<string>
}

export interface KillRounds {
  readonly rounds: number
  /** Of each start, from outside. */
  readonly readyMillisecondsMax: number
  readonly tell: (line: string) => void
}

const workersEach = 4
const loadMillisecondsMax = 600

/**
 * Kills the whole process under load, again and again in one place: tokens, applications and calls. Each time it must start without a
 * mend, in its time, with all that was ever acknowledged and nothing half-written. `tell` gets a line a round.
 */
export async function killRounds(place: Place, { rounds, readyMillisecondsMax, tell }: KillRounds): Promise<void> {
  const acknowledged: Acknowledged = { tokens: new Set(), applications: new Set() }
  for (let round = 1; round <= rounds; round++) {
    const startedAt = performance.now()
    const portique = await startPortique(place)
    const ready = Math.round(performance.now() - startedAt)
    try {
      assert.ok(ready < readyMillisecondsMax, `ready after ${ready} ms`)
      await judge(portique, acknowledged)
      await loadUntilKilled(portique, acknowledged)
    } finally {
      await portique.end('SIGKILL')
    }
    const { tokens, applications } = acknowledged
    tell(`kill ${round}/${rounds}: ready in ${ready} ms; ${tokens.size} tokens, ${applications.size} applications kept`)
  }
  const last = await startPortique(place)
  try {
    await judge(last, acknowledged)
  } finally {
    await last.end('SIGTERM')
  }
}

const listed = z.array(z.object({ id: z.string(), name: z.string() }))
const shown = z.object({ credentials: z.array(z.object({ value: z.string().nullable(), live: z.boolean() })) })

async function judge(portique: Portique, { tokens, applications }: Acknowledged): Promise<void> {
  const all = listed.parse((await control(portique, 'GET', '/applications')).json)
  const present = new Set(all.map(({ id }) => id))
  for (const id of applications) assert.ok(present.has(id), `the application ${id} was acknowledged and is lost`)
  for (const { id } of all.filter(({ name }) => name.startsWith('Charge'))) {
    const { credentials } = shown.parse((await control(portique, 'GET', `/applications/${id}`)).json)
    assert.equal(credentials.filter(({ live, value }) => live && value !== null).length, 1, `${id} is half-written`)
  }
  for (const token of tokens) {
    const { status } = await call(portique, token)
    assert.ok(status === 200 || status === 429, `a token was acknowledged and answers ${status}`)
  }
}

/** A quota that is spent is proof of a good token too. */
const call = (portique: Portique, token: string) =>
  fetch(`${portique.url}/demo/annuaire/v1/services`, { headers: bearer(token) })

async function loadUntilKilled(portique: Portique, acknowledged: Acknowledged): Promise<void> {
  const demo = demoApplication(portique, 'demo')
  const jobs = [
    async () => {
      const answer = await askToken(portique.url + tokenPaths.demo, demo, 'annuaire')
      const { access_token } = z.object({ access_token: z.string() }).parse(await answer.json())
      acknowledged.tokens.add(access_token)
    },
    async () => {
      const { json } = await control(portique, 'POST', '/applications', { platform: 'demo', name: 'Charge' })
      acknowledged.applications.add(z.object({ application: z.object({ id: z.string() }) }).parse(json).application.id)
    },
    async () => {
      const [token] = acknowledged.tokens
      await (await call(portique, token ?? 'none yet')).text()
    },
  ]
  let killed = false
  const workers = jobs.flatMap((job) =>
    Array.from({ length: workersEach }, async () => {
      while (!killed) await job().catch(fallen(() => killed))
    }),
  )
  await sleep(400 + Math.random() * loadMillisecondsMax)
  killed = true
  await portique.end('SIGKILL')
  await Promise.all(workers)
}

/** What breaks off because of the kill is no fault. */
const fallen = (killed: () => boolean) => (error: unknown) => {
  if (!killed()) throw error
}
