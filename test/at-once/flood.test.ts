import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createBrowserBehind } from '../sign-in/browser.js'
import { landed } from '../sign-in/people.js'
import { peopleRealm } from '../sign-in/people-realm.js'

const password = 'un cheval saute la haie'

/** Camille has an account; `attempt` comes through the trusted proxy, which says from where. */
async function flooded(t: TestContext, databaseUrl?: string) {
  const { origin, start, authorization, pass } = await peopleRealm(t, databaseUrl)
  await authorization.createAccount({ realm: 'plain/people', identifier: 'camille', password, name: 'Camille Durand' })
  const attempt = async (from: string, fields: Readonly<Record<string, string>>) => {
    const browser = createBrowserBehind({ 'x-forwarded-for': from }, origin)
    const page = await browser.go(start)
    const began = performance.now()
    const answer = await browser.submit(page, /\/account$/, fields)
    return { browser, answer, milliseconds: performance.now() - began }
  }
  return { attempt, pass }
}

const right = { identifier: 'camille', password }

test('a flood of failed sign-ins shuts its own address out, as the trusted proxy saw it, and nobody else', async (t) => {
  const { attempt, pass } = await flooded(t)
  for (let tries = 0; tries < 50; tries += 1) {
    const { answer } = await attempt('203.0.113.7', { identifier: `guess-${tries}`, password: 'wrong' })
    assert.equal(answer.status, 401, String(tries))
  }
  const { answer: held } = await attempt('203.0.113.7', right)
  assert.equal(held.status, 429)
  assert.ok(Number(held.headers.get('retry-after')) >= 1)
  assert.equal(
    (await attempt('198.51.100.1, 203.0.113.7', right)).answer.status,
    429,
    'what the caller made up is not believed',
  )
  const { browser, answer } = await attempt('203.0.113.8', right)
  assert.ok(landed(await browser.submit(answer, /\/decision$/, { decision: 'accept' })).searchParams.get('code'))
  pass(16 * 60_000)
  assert.ok(landed((await attempt('203.0.113.7', right)).answer).searchParams.get('code'), 'and it ends')
})

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL]))
  test(`an office behind one address signs in sixty times, on the ${databaseUrl === undefined ? 'embedded store' : 'PostgreSQL'}`, async (t) => {
    const { attempt } = await flooded(t, databaseUrl)
    for (let times = 0; times < 60; times += 1) {
      const { answer } = await attempt('203.0.113.7', right)
      assert.equal(answer.status, 200, String(times))
    }
  })

test('guesses of one account from everywhere wait together, however many come at once', async (t) => {
  const { attempt } = await flooded(t)
  const guesses = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      attempt(`203.0.113.${at + 1}`, { identifier: 'CAMILLE ', password: 'wrong' }),
    ),
  )
  const statuses = guesses.map(({ answer }) => answer.status)
  assert.equal(statuses.filter((status) => status === 401).length, 5)
  assert.equal(statuses.filter((status) => status === 429).length, 15)
})

test('an unknown user name takes as long as a wrong password, and is told in the same words', async (t) => {
  const { attempt, pass } = await flooded(t)
  const times: Record<'camille' | 'nobody', number[]> = { camille: [], nobody: [] }
  const words = new Set<string>()
  const least = (list: readonly number[]) => Math.min(...list)
  // The hash is nearly all of the time: without it an answer comes several times sooner.
  const ratio = () => least(times.nobody) / least(times.camille)
  const alike = () => ratio() > 0.6 && ratio() < 1.7
  // A busy machine needs more attempts until both have met a quiet moment.
  for (let round = 0; round < 8 || (round < 24 && !alike()); round += 1)
    for (const identifier of ['camille', 'nobody'] as const) {
      const { answer, milliseconds } = await attempt('203.0.113.9', { identifier, password: 'wrong' })
      times[identifier].push(milliseconds)
      const text = /<main.*<\/main>/s.exec(answer.text)?.[0] ?? ''
      words.add(
        text
          .replaceAll(identifier, '')
          .replace(/interaction\/[\w-]+/g, '')
          .replace(/value="[\w-]{20,}"/g, ''),
      )
      pass(16 * 60_000)
    }
  assert.equal(words.size, 1)
  assert.ok(alike(), `${ratio()}`)
})
