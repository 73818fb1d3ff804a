import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { newApplication } from '../start/control.js'
import { writeLieux } from '../start/lieux.js'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { bearer } from '../start/tokens.js'
import { exampleUpstream } from '../start/upstream.js'

const flood = 200
const admittedToOne = 100
const admittedToAll = 150

for (const kind of storeKinds)
  describe(`both levels of quota under a flood, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const upstream = exampleUpstream()
    const tokens: string[] = []
    const call = (index: number) =>
      fetch(`${portique().url}/demo/lieux/v1/lieux`, { headers: bearer(tokens[index] ?? '') })
    const pour = (index: number) => Promise.all(Array.from({ length: flood }, () => call(index)))
    const admitted = (answers: readonly Response[]) => answers.filter(({ status }) => status === 200).length

    before(async () => {
      // A day's quota gains no whole call while the flood lasts: what is admitted is the quota, to the call.
      const published = await runCommand(portique().place, [
        ...['publish', writeLieux(portique().place.folder), '--platform', 'demo', '--upstream', upstream.url()],
        ...['--quota-application', `${admittedToOne}/d`, '--quota-api', `${admittedToAll}/d`],
      ])
      assert.equal(published.code, 0, published.stderr)
      for (const name of ['Premier', 'Second'])
        tokens.push((await newApplication(portique(), name, 'demo/lieux/1', 'api_lieuxv1')).token)
    })

    test('one application gets its own quota exactly, and the refusal names its level', async () => {
      const answers = await pour(0)
      assert.equal(admitted(answers), admittedToOne)
      assert.equal(answers.filter(({ status }) => status === 429).length, flood - admittedToOne)
      await refusedBy(answers, { level: 'application', limit: admittedToOne })
    })

    test('the next gets what the API has left: refused calls were charged to neither level', async () => {
      const answers = await pour(1)
      assert.equal(admitted(answers), admittedToAll - admittedToOne)
      await refusedBy(answers, { level: 'api', limit: admittedToAll })
      assert.equal(upstream.seen.length, admittedToAll)
    })

    test('after exactly Retry-After one call is admitted, and no other', async () => {
      const wait = Number((await call(1)).headers.get('retry-after'))
      assert.ok(Number.isInteger(wait) && wait > 60, String(wait))
      await moveClock(wait - 60)
      assert.equal((await call(1)).status, 429)
      await moveClock(60)
      assert.deepEqual([(await call(1)).status, (await call(1)).status], [200, 429])
    })

    async function moveClock(advanceSeconds: number): Promise<void> {
      const body = JSON.stringify({ advanceSeconds })
      assert.equal(
        (
          await fetch(`${portique().url}/dev/clock`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
        ).status,
        200,
      )
    }
  })

async function refusedBy(answers: readonly Response[], expected: { readonly level: string; readonly limit: number }) {
  for (const answer of answers.filter(({ status }) => status === 429)) {
    const told: Record<string, unknown> = JSON.parse(await answer.text())
    const wait = Number(answer.headers.get('retry-after'))
    assert.ok(Number.isInteger(wait) && wait >= 1)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    assert.equal(told.status, 429)
    assert.equal(told.code, `quota/${expected.level}`)
    assert.deepEqual(told.quota, { ...expected, periodSeconds: 86_400, retryAfterSeconds: wait })
    assert.match(answer.headers.get('ratelimit') ?? '', new RegExp(`"${expected.level}";r=0;t=\\d+`))
    assert.equal(
      answer.headers.get('ratelimit-policy'),
      `"application";q=${admittedToOne};w=86400, "api";q=${admittedToAll};w=86400`,
    )
  }
}
