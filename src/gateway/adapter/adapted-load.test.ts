import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crumbs, heldBytes } from '../../../test/example/held-memory.js'
import { startAdapted } from '../fixtures/api-particulier.fixture.js'
import { startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'

const target = '/v3/mesri/statut_etudiant/ine?recipient=13002526500013&ine=990000003AB'
const student = JSON.stringify({ periodes: [], etudiant: { nom: 'PICARD', prenom: 'Hugo', naissance: '14/02/2001' } })
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const roomBytes = 300_000

async function world(t: { after(end: () => Promise<void>): void }, settings: object) {
  const provider = await startProvider()
  const gateway = await startAdapted(
    {
      code: 'mesri-statut-etudiant',
      url: provider.url,
      limits: { totalMilliseconds: 20_000, idleMilliseconds: 20_000 },
    },
    { secrets: { mesri_user: 'portique', mesri_password: 'p:ss' }, settings },
  )
  t.after(async () => {
    await gateway.stop()
    await provider.stop()
  })
  const stall = () =>
    provider.behave((socket) => socket.write(`${head}Content-Length: 900000\r\n\r\n${'x'.repeat(200_000)}`))
  const answerWith = (padding: number) =>
    provider.behave((socket) => {
      socket.write(`${head}Content-Length: ${student.length + padding}\r\n\r\n`)
      socket.write(student + ' '.repeat(padding))
    })
  return { provider, gateway, stall, answerWith, ask: () => raw(gateway.port, get(target), { quiet: 400 }) }
}

test('a caller that leaves while its provider still speaks leaves no room taken', async (t) => {
  const { gateway, stall, answerWith, ask } = await world(t, {
    bodyBudgetBytes: roomBytes,
    bodyBytesPerApplication: roomBytes,
  })
  stall()
  for (let caller = 0; caller < 3; caller++) {
    await raw(gateway.port, get(target), { sent: (socket) => void setTimeout(() => socket.destroy(), 300) })
    await gateway.recorded(caller + 1)
  }
  answerWith(roomBytes - 50_000)
  const answer = await ask()
  assert.equal(answer.status, 200, answer.text)
})

test('what a provider says counts in the share of the application that asked, which is told so', async (t) => {
  const { answerWith, ask } = await world(t, { bodyBudgetBytes: roomBytes, bodyBytesPerApplication: 100_000 })
  answerWith(150_000)
  const crowded = await ask()
  assert.equal(crowded.status, 429, crowded.text)
  answerWith(50_000)
  for (let call = 0; call < 3; call++) assert.equal((await ask()).status, 200)
})

test('a provider that speaks byte by byte takes no more memory than its bytes', async (t) => {
  const { provider, gateway } = await world(t, {})
  const before = await heldBytes()
  let sent = false
  provider.behave((socket) => {
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`)
    socket.write(crumbs(400_000), () => {
      sent = true
    })
  })
  const held = Promise.withResolvers<number>()
  const waiting = raw(gateway.port, get(target), {
    sent: async (socket) => {
      while (!sent) await new Promise((resolve) => setTimeout(resolve, 20))
      await new Promise((resolve) => setTimeout(resolve, 300))
      held.resolve((await heldBytes()) - before)
      socket.destroy()
    },
  })
  const bytes = await held.promise
  await waiting
  assert.ok(bytes < 16_000_000, `${bytes} bytes held`)
})
