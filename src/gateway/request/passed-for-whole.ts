import type { HeaderList } from '#contract'
import { lowerName } from '../wire/lower-name.js'
import type { ReceivedHeaders } from './received-headers.js'

/** Asks for the whole answer in plain bytes: parts, encodings and validators of what is going to be cut are of no use. Once for headers that come again. */
export function passedForWhole(received: ReceivedHeaders): HeaderList {
  if (received.passedForWhole !== null) return received.passedForWhole
  const { passed } = received
  const headers = ['Accept-Encoding', 'identity']
  for (let index = 0; index + 1 < passed.length; index += 2) {
    const name = passed[index] ?? ''
    if (!wishes.has(lowerName(name))) headers.push(name, passed[index + 1] ?? '')
  }
  received.passedForWhole = headers
  return headers
}

const wishes = new Set([
  'accept-encoding',
  'range',
  'if-range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-unmodified-since',
  'want-content-digest',
  'want-repr-digest',
])
