import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { ReceivedHeaders } from './request/received-headers.js'

/** What an exchange reads of a request's head: the part of node:http's own message that it needs, so that a leaner one may stand in its place. */
export interface Incoming {
  readonly method?: string | undefined
  /** The target, as it stood on the request line. */
  readonly url?: string | undefined
  readonly httpVersion: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
  readonly socket: Socket
  readonly memo?: HeadMemo
}

/** What readers of a head's fields keep of them: a caller that repeats its fields on a connection brings the same memo again. */
export interface HeadMemo {
  /** The host, lower-cased, of fields that are sound; null: they are not, or nobody has looked yet. */
  host: string | null
  received: ReceivedHeaders | null
}

/** A body that may be on its way. */
export interface IncomingBody {
  readonly stream: Readable
  /** Tells a caller that asked first to send it (RFC 9110 section 10.1.1). */
  goOn(): void
}
