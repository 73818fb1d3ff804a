import type { IncomingMessage } from 'node:http'
import { createLineWindow, type LineWindowNeeds } from '#base'
import { knownReason } from './sign-in/known-reason.js'

export interface Refusal {
  readonly requestId: string
  /** `<platform>/<realm>`; empty where it is not known. */
  readonly realm: string
  /** Of a registered application; empty for any other. */
  readonly client: string
  readonly error: string
  /** Told only where it is known to hold nothing that came with the request. */
  readonly reason: string | undefined
}

/** Lines in the log for what this room refuses, all realms together so many a second. */
export interface Refusals {
  /** Who calls, asked before the library gets the request without what proxies say. */
  cameFrom(request: IncomingMessage, address: string): void
  note(request: IncomingMessage, refusal: Refusal): void
  /** The client did not prove itself. */
  noteClient(request: IncomingMessage, refusal: Refusal): void
}

export function createRefusals(needs: Omit<LineWindowNeeds, 'more'>): Refusals {
  const addresses = new WeakMap<IncomingMessage, string>()
  const write = createLineWindow({ ...needs, more: 'authorization.refused-more' })
  const fieldsOf = (request: IncomingMessage, { requestId, reason: given, ...refusal }: Refusal) => {
    const reason = knownReason(given)
    return {
      ...(requestId !== '' && { requestId }),
      ...refusal,
      address: addresses.get(request) ?? '',
      ...(reason !== undefined && { reason }),
    }
  }
  return {
    cameFrom: (request, address) => void addresses.set(request, address),
    note(request, refusal) {
      const level = everyday.has(refusal.error) ? 'info' : 'warn'
      write(level, 'authorization.refused', fieldsOf(request, refusal))
    },
    noteClient: (request, refusal) => write('warn', 'authorization.client-refused', fieldsOf(request, refusal)),
  }
}

/** Answers that an application asked for by `prompt=none`, or that the person gave: no fault of anybody's. */
const everyday = new Set(['login_required', 'consent_required', 'interaction_required', 'access_denied'])
