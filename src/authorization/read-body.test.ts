import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { crumbs, heldBytes } from '../../test/example/held-memory.js'
import { readBody } from './read-body.js'

const senders = 8
const bytesEach = 60_000

test('bodies sent byte by byte take no more memory than their bytes', async (t) => {
  let told = 0
  const server = createServer((request) => {
    request.on('data', (chunk: Buffer) => {
      told += chunk.length
    })
    readBody(request).catch(() => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sockets = Array.from({ length: senders }, () => connect(port, '127.0.0.1'))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  const before = await heldBytes()
  const sent = crumbs(bytesEach)
  for (const socket of sockets) {
    socket.write('POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
    socket.write(sent)
  }
  for (let tries = 0; tries < 1_000 && told < senders * bytesEach; tries++) await wait(10)
  assert.equal(told, senders * bytesEach)
  const held = (await heldBytes()) - before
  assert.ok(held < 16_000_000, `${held} bytes held`)
})
