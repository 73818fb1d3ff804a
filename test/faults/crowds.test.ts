import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { devFile } from '../start/dev-file.js'
import { createPlace, storeKinds } from '../start/place.js'
import { mainFile, ownPortique, startProgram } from '../start/portique.js'
import { askToken, bearer, demoApplication, demoToken, tokenOf, tokenPaths } from '../start/tokens.js'

const services = '/demo/annuaire/v1/services'

for (const kind of storeKinds)
  describe(`T13 a herd of clients that want a token, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)

    test('each gets one or is told when to come again, and calls go on', async () => {
      const known = await demoToken(portique(), 'demo', 'annuaire')
      const application = demoApplication(portique(), 'demo')
      const herd = Promise.all(
        Array.from({ length: 500 }, () => askToken(portique().url + tokenPaths.demo, application, 'annuaire')),
      )
      const during = await fetch(portique().url + services, { headers: bearer(known) })
      assert.equal(during.status, 200)
      const tokens = new Set<string>()
      for (const answer of await herd) {
        const told: Record<string, unknown> = JSON.parse(await answer.text())
        if (answer.status === 200) tokens.add(String(told.access_token))
        else {
          assert.equal(answer.status, 503, JSON.stringify(told))
          assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
        }
      }
      assert.ok(tokens.size > 0)
      const [one = ''] = tokens
      const { status } = await fetch(portique().url + services, { headers: bearer(one) })
      assert.ok(status === 200 || status === 429, String(status))
    })

    test('unknown tokens by the hundred are refused, and a known one is served', async () => {
      const known = await demoToken(portique(), 'demo', 'annuaire')
      const strangers = Promise.all(
        Array.from({ length: 500 }, (_, index) =>
          fetch(portique().url + services, { headers: bearer(`${index}`.padStart(43, 'A')) }),
        ),
      )
      const { status } = await fetch(portique().url + services, { headers: bearer(known) })
      assert.ok(status === 200 || status === 429, String(status))
      for (const answer of await strangers) assert.equal(answer.status, 401)
    })
  })

describe('T34 a process that may open few files', {
  skip: process.platform === 'win32' && 'no ulimit here: NOT tested',
}, () => {
  test('connections beyond them wait or fall, it goes on, and serves again once they are gone', async () => {
    const [embedded] = storeKinds
    assert.ok(embedded)
    const place = await createPlace(embedded)
    const started = startProgram(
      'sh',
      ['-c', 'ulimit -n 96 && exec "$0" "$1" dev', process.execPath, mainFile],
      place.environment,
    )
    try {
      await started.waitFor(() => started.stdout().includes('Ctrl-C'))
      const dev = devFile.parse(JSON.parse(readFileSync(join(place.folder, 'dev.json'), 'utf8')))
      const port = Number(new URL(dev.url).port)
      const token = await tokenOf(dev.url + tokenPaths.demo, demoApplication({ dev }, 'demo'), 'annuaire')
      const call = () => fetch(dev.url + services, { headers: bearer(token), signal: AbortSignal.timeout(5_000) })
      assert.equal((await call()).status, 200)
      const crowd: Socket[] = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => {}))
      await sleep(1_000)
      // A connection that stood before is served all the same, or the crowd has taken its place: never a false answer.
      const during = await call().then(
        ({ status }) => status,
        () => 0,
      )
      assert.ok([0, 200, 429, 503].includes(during), String(during))
      assert.equal(started.process.exitCode, null)
      for (const socket of crowd) socket.destroy()
      let status = 0
      for (let tries = 0; tries < 50 && status !== 200; tries++) {
        status = await call().then(
          (answer) => answer.status,
          () => 0,
        )
        await sleep(100)
      }
      assert.equal(status, 200)
      assert.deepEqual(await started.end('SIGTERM'), { code: 0, signal: null })
    } finally {
      await started.end('SIGKILL')
      await place.drop()
    }
  })
})
