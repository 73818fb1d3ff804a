import type { IncomingMessage } from 'node:http'
import { plainAddress } from '../request/peer.js'

/** True for a host name of the machine itself (`localhost:8080`) from a peer on the machine itself: a supervisor that asks after health. */
export const isLocal = (host: string, { socket }: Pick<IncomingMessage, 'socket'>): boolean =>
  localNames.test(host) && isLoopback(plainAddress(socket.remoteAddress ?? ''))

const localNames = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')
