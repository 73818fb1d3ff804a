import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Refusal } from '#contract'
import { crumbs, heldBytes } from '../../../test/example/held-memory.js'
import { createLoads } from '../load/loads.js'
import { createWatch } from '../upstream/watch.js'
import { readBody } from './body.js'

const sentBytes = 400_000

test('a body sent byte by byte takes no more memory than its bytes, and arrives', async (t) => {
  const loads = createLoads({ callsPerApplication: 9, bytesPerApplication: 1_000_000, bytesMax: 1_000_000 })
  const holder = { load: null, reservedBytes: 0 }
  const watch = createWatch(() => performance.now())
  const limits = { bytesMax: 1_000_000, milliseconds: 60_000 }
  const reading = Promise.withResolvers<Buffer | Refusal>()
  const server = createServer((request) => reading.resolve(readBody(request, limits, { holder, loads, watch })))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.after(() => {
    watch.stop()
    socket.destroy()
    server.close()
  })
  const before = await heldBytes()
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n')
  socket.write(crumbs(sentBytes))
  for (let tries = 0; tries < 2_000 && holder.reservedBytes < sentBytes; tries++) await wait(10)
  assert.equal(holder.reservedBytes, sentBytes)
  const held = (await heldBytes()) - before
  assert.ok(held < 16_000_000, `${held} bytes held`)
  socket.write('0\r\n\r\n')
  const body = await reading.promise
  assert.ok(Buffer.isBuffer(body))
  assert.equal(body.toString('latin1'), 'a'.repeat(sentBytes))
})
