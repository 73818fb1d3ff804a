import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from '../start/command.js'
import { newApplication } from '../start/control.js'
import { writeLieux } from '../start/lieux.js'
import { createPlace, storeKinds } from '../start/place.js'
import { startPortique } from '../start/portique.js'
import { head } from '../start/raw.js'
import { bearer, demoApplication, demoToken, tokenPaths } from '../start/tokens.js'
import { exampleUpstream } from '../start/upstream.js'

const body = 'x'.repeat(200_000)

for (const kind of storeKinds)
  describe(`SIGTERM under running calls, on the ${kind.name}`, () => {
    const doors: PromiseWithResolvers<void>[] = []
    /** Half of the answer at once, the rest when the test says so. */
    const upstream = exampleUpstream((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.length })
      response.write(body.slice(0, 100_000))
      const door = Promise.withResolvers<void>()
      doors.push(door)
      void door.promise.then(() => response.end(body.slice(100_000)))
    })

    test('running calls end whole, new ones are refused, all usage is kept, and the next start is clean', async (t) => {
      const place = await createPlace(kind)
      t.after(() => place.drop())
      const portique = await startPortique(place)
      t.after(() => portique.end('SIGKILL'))
      const published = await runCommand(place, [
        ...['publish', writeLieux(place.folder), '--platform', 'demo', '--upstream', upstream.url()],
        ...['--quota-application', '100/s'],
      ])
      assert.equal(published.code, 0, published.stderr)
      const { client_id, token } = await newApplication(portique, 'Longue', 'demo/lieux/1', 'api_lieuxv1')
      const quick = await demoToken(portique, 'demo', 'annuaire')
      for (let index = 0; index < 7; index++)
        assert.equal((await fetch(`${portique.url}/demo/annuaire/v1/services`, { headers: bearer(quick) })).status, 200)

      const running = Array.from({ length: 5 }, () => longCall(portique.url, token))
      // A form that is on its way when the signal comes is a running call too.
      const asking = slowTokenRequest(portique.port, demoApplication(portique, 'demo'))
      await Promise.all(running.map(({ begun }) => begun))
      await asking.begun
      // Neither a silent connection nor the half of a head may hold the process back.
      for (const sent of ['', 'GET /healthz HTTP/1.1\r\nHost: loc']) {
        const open = connect({ host: '127.0.0.1', port: portique.port }).on('error', () => undefined)
        await once(open, 'connect')
        open.write(sent)
      }

      const ending = portique.end('SIGTERM')
      await untilRefused(portique.port)
      for (const door of doors) door.resolve()
      for (const { whole } of running) assert.equal(await whole, body)
      // The last call of the gateway has left; whoever still asks for a token is served before the store closes.
      await sleep(300)
      asking.finish()
      assert.match(await asking.answer, /^HTTP\/1\.1 200 OK\r\n/)
      assert.deepEqual(await ending, { code: 0, signal: null })

      const [counted] = await place.rows(
        `select sum(calls) as calls from usage_minute where application_id = '${client_id}' and status = 200`,
      )
      assert.equal(Number(counted?.calls), 5)
      const [others] = await place.rows(
        `select sum(calls) as calls from usage_minute where api_id = 'demo/annuaire/1' and status = 200`,
      )
      assert.equal(Number(others?.calls), 7)
      const again = await startPortique(place)
      try {
        assert.equal(again.stderr().includes('error'), false, again.stderr())
        const answer = await fetch(`${again.url}/demo/annuaire/v1/services`, { headers: bearer(quick) })
        assert.equal(answer.status, 200)
        // Alone, and on a connection that is used again, as most are: the lane's, where those above are of node:http.
        const kept = new Agent({ keepAlive: true, maxSockets: 1 })
        const first = longCall(again.url, token, kept)
        await first.begun
        doors.at(-1)?.resolve()
        assert.equal(await first.whole, body)
        const last = longCall(again.url, token, kept)
        await last.begun
        assert.equal(last.call.reusedSocket, true)
        const endingAgain = again.end('SIGTERM')
        await untilRefused(again.port)
        doors.at(-1)?.resolve()
        assert.equal(await last.whole, body)
        assert.deepEqual(await endingAgain, { code: 0, signal: null })
      } finally {
        await again.end('SIGKILL')
      }
    })
  })

/** A call whose answer has begun and is not whole yet. */
function longCall(url: string, token: string, agent: Agent | false = false) {
  const begun = Promise.withResolvers<void>()
  const whole = Promise.withResolvers<string>()
  const call = request(`${url}/demo/lieux/v1/lieux`, { headers: bearer(token), agent }, (answer) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (part: string) => {
      text += part
      begun.resolve()
    })
    answer.on('end', () => whole.resolve(text))
    answer.on('error', whole.reject)
  })
  call.end()
  return { call, begun: begun.promise, whole: whole.promise }
}

/** A token request of which the form's last byte is kept back. */
function slowTokenRequest(port: number, { client_id, client_secret }: ReturnType<typeof demoApplication>) {
  const form = `grant_type=client_credentials&client_id=${client_id}&client_secret=${client_secret}&scope=annuaire`
  const socket = connect({ host: '127.0.0.1', port })
  let text = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const answer = once(socket, 'close').then(() => text)
  const lines = [
    `POST ${tokenPaths.demo} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${form.length}`,
  ]
  socket.write(head(...lines) + form.slice(0, -1))
  return { begun: once(socket, 'ready'), answer, finish: () => socket.write(form.slice(-1)) }
}

/** New connections are turned away once the process stops. */
async function untilRefused(port: number): Promise<void> {
  for (;;) {
    const socket = connect({ host: '127.0.0.1', port })
    try {
      await once(socket, 'connect')
      socket.destroy()
    } catch {
      return
    }
  }
}
