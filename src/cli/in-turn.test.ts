import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, test } from 'node:test'
import { inTurn } from './in-turn.js'

const made: string[] = []
let between = 0
const server = createServer(
  inTurn(
    (request, response) => {
      made.push(`${request.url} after ${between}`)
      response.end('page')
    },
    { waitingMax: 3, refuse: (response) => void response.writeHead(503).end() },
  ),
)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
after(() => server.close())

/** Several requests that arrive together; the statuses of what comes back. */
async function pipelined(paths: readonly string[], leave = false): Promise<readonly string[]> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  let text = ''
  socket.on('data', (piece) => {
    text += String(piece)
  })
  const last = paths.length - 1
  socket.write(
    paths
      .map((path, index) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${index === last ? 'Connection: close\r\n' : ''}\r\n`)
      .join(''),
  )
  if (leave) socket.end(() => socket.destroy())
  await once(socket, 'close')
  return [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1] ?? '')
}

test('pages are made one after another, with other work of the process in between', async () => {
  made.length = 0
  let going = true
  const beat = () => {
    between += 1
    if (going) setImmediate(beat)
  }
  beat()
  assert.deepEqual(await pipelined(['/a', '/b', '/c']), ['200', '200', '200'])
  going = false
  const turns = made.map((each) => Number(each.split(' after ')[1]))
  assert.equal(new Set(turns).size, 3, made.join())
})

test('what is more than may wait is refused, and the others are answered', async () => {
  assert.deepEqual(await pipelined(['/1', '/2', '/3', '/4', '/5', '/6']), ['200', '200', '200', '200', '503', '503'])
})
