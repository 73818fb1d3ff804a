import { connect, type Socket } from 'node:net'
import { runTimeOf, usageOf } from './process-tree.js'
import type { Asked, Opening, Said, Turn } from './turns.js'

// The load of turns, apart from the bench so that it has a core of its own: node dist/bench/turn-load.js, told what to do over its channel.

interface Target extends Opening {
  readonly request: Buffer
  readonly sockets: readonly Socket[]
}

const targets = new Map<string, Target>()

process.on('message', (asked: Asked) => {
  answer(asked)
    .catch((error): Said => ({ failed: String(error) }))
    .then((said) => process.send?.(said))
})

async function answer(asked: Asked): Promise<Said> {
  if ('open' in asked) {
    targets.set(asked.open.name, await opened(asked.open))
    return nothingYet
  }
  const target = targets.get(asked.turn)
  if (target === undefined) throw new Error(`${asked.turn} was not opened`)
  return run(target, asked.milliseconds)
}

const nothingYet: Turn = {
  ...{ calls: 0, milliseconds: 0, cpuMicroseconds: 0, rssBytes: 0, p50Milliseconds: 0, p99Milliseconds: 0 },
}

async function opened(opening: Opening): Promise<Target> {
  const { hostname, port } = new URL(opening.url)
  const connections = Array.from(
    { length: opening.connections },
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => resolve(socket.setNoDelay(true)))
        socket.once('error', reject)
      }),
  )
  return { ...opening, request: requestOf(opening), sockets: await Promise.all(connections) }
}

function requestOf({ url, authorization, form }: Opening): Buffer {
  const { host, pathname, search } = new URL(url)
  const lines = [`${form === undefined ? 'GET' : 'POST'} ${pathname}${search} HTTP/1.1`, `Host: ${host}`]
  if (authorization !== undefined) lines.push(`Authorization: ${authorization}`)
  if (form !== undefined)
    lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${Buffer.byteLength(form)}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${form ?? ''}`)
}

/** Each connection asks again as soon as it has its answer; the turn is over when the last answer of all is there. */
function run(target: Target, milliseconds: number): Promise<Turn> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const cpuBefore = runTimeOf(target.pid)
    const delays: number[] = []
    let open = target.sockets.length
    const finished = () => {
      const elapsed = performance.now() - started
      const cpuMicroseconds = runTimeOf(target.pid) - cpuBefore
      delays.sort((one, other) => one - other)
      const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
      resolve({
        calls: delays.length,
        ...{ milliseconds: elapsed, cpuMicroseconds, rssBytes: usageOf(target.pid).rssBytes },
        ...{ p50Milliseconds: at(0.5), p99Milliseconds: at(0.99) },
      })
    }
    for (const socket of target.sockets) {
      callInTurn(socket, target.request, {
        answered(delay) {
          delays.push(delay)
          const goesOn = performance.now() - started < milliseconds
          if (!goesOn && --open === 0) finished()
          return goesOn
        },
        failed: (reason) => reject(new Error(`${target.name}: ${reason}`)),
      })
    }
  })
}

interface Caller {
  /** False: ask no more. */
  answered(delayMilliseconds: number): boolean
  failed(reason: string): void
}

function callInTurn(socket: Socket, request: Buffer, caller: Caller): void {
  let asked = performance.now()
  let received = ''
  const stop = () => void socket.off('data', onData).off('close', onClose)
  const fail = (reason: string) => {
    stop()
    caller.failed(reason)
  }
  const onClose = () => fail('the connection was closed')
  const onData = (bytes: Buffer) => {
    received += bytes.toString('latin1')
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = /^content-length: *(\d+)\r$/im.exec(received.slice(0, end + 1))?.[1]
    // Its first line alone: what follows may hold a token.
    if (!received.startsWith('HTTP/1.1 200 ')) return fail(received.slice(0, received.indexOf('\r\n')))
    if (length === undefined) return fail('an answer that tells no length')
    if (received.length < end + 4 + Number(length)) return
    received = ''
    if (!caller.answered(performance.now() - asked)) return stop()
    asked = performance.now()
    socket.write(request)
  }
  if (socket.destroyed) return void caller.failed('the connection was closed')
  socket.on('data', onData).on('close', onClose)
  socket.write(request)
}
