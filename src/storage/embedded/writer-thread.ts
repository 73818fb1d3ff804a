import type { DatabaseSync } from 'node:sqlite'
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { GroupWriter } from './group-writer.js'
import { openForWriting } from './open-database.js'
import { writerError } from './sqlite-errors.js'
import type { WriterRequest, WriterSettings } from './writer-messages.js'

/** The worker thread that owns the writing connection: a durable commit takes milliseconds, and here nobody waits but its callers. */
function main(port: MessagePort, settings: WriterSettings): void {
  const database = opened(port, settings)
  if (database === null) return
  const writer = new GroupWriter(database)
  const endTooLong = leaseGuard(writer, settings.leaseMilliseconds, () => work())
  let closing = false
  const take = (message: readonly WriterRequest[] | 'close') => {
    if (message === 'close') closing = true
    else writer.add(message)
  }
  const work = () => {
    for (;;) {
      // What came in while the last group was written to the disk makes the next group.
      for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port))
        take(more.message)
      const replies = writer.step()
      if (replies.length === 0) break
      port.postMessage(replies)
      endTooLong()
      writer.tendLog()
    }
    if (closing) return close(port, database)
  }
  port.on('message', (message: readonly WriterRequest[] | 'close') => {
    take(message)
    work()
  })
  port.postMessage('ready')
}

function opened(port: MessagePort, { path, synchronous }: WriterSettings): DatabaseSync | null {
  try {
    return openForWriting(path, synchronous)
  } catch (error) {
    port.postMessage({ failed: writerError(error) })
    port.close()
    return null
  }
}

function close(port: MessagePort, database: DatabaseSync): void {
  database.close()
  port.postMessage('closed')
  port.close()
}

/** Returns what looks, after each piece of work, at who holds the writer, and ends a lease that lasts too long. */
function leaseGuard(writer: GroupWriter, milliseconds: number, then: () => void): () => void {
  let watched: number | null = null
  let timer: NodeJS.Timeout | undefined
  return () => {
    if (writer.limitedLease === watched) return
    watched = writer.limitedLease
    clearTimeout(timer)
    if (watched === null) return
    const lease = watched
    timer = setTimeout(() => {
      if (writer.limitedLease === lease) writer.endLease()
      then()
    }, milliseconds)
  }
}

if (parentPort !== null) main(parentPort, workerData as WriterSettings)
