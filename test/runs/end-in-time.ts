import { Socket } from 'node:net'
import { after } from 'node:test'

const seconds = 30

// A run whose tests are over and told, and that does not end, would hold up all others for ever, and nobody would learn why.
after(() => {
  const tell = () => {
    process.stderr.write(
      `The tests of this run were over ${seconds} s ago; it is ended now and has failed, held by: ${held().join(', ')}\n`,
    )
    process.exit(1)
  }
  setTimeout(tell, seconds * 1000).unref()
})

/** What keeps this process up; of connections, between whom and how far they are. */
function held(): string[] {
  const handles: unknown = Reflect.get(process, '_getActiveHandles')?.call(process)
  const sockets = Array.isArray(handles) ? handles.filter((handle) => handle instanceof Socket) : []
  return [...process.getActiveResourcesInfo(), ...sockets.map(told)]
}

function told(socket: Socket): string {
  const { localPort, remoteAddress, remotePort, readyState, bytesRead, bytesWritten, destroyed, writableEnded } = socket
  const ends = `${localPort} -> ${remoteAddress}:${remotePort}`
  return `${socket.constructor.name} ${ends} (${readyState}, ${bytesRead} bytes read, ${bytesWritten} written${writableEnded ? ', ended' : ''}${destroyed ? ', destroyed' : ''})`
}
