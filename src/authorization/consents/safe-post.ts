import { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { openAddresses } from './open-addresses.js'

const timeoutMilliseconds = 5000

/**
 * Posts to an address that an application chose: no redirect is followed, and where it leads is judged when the connection is made, so that
 * no name can change its mind in between (ASVS 5.0 V1.3.6). `allowed` are CIDR blocks that are open although they are not public.
 */
export function createSafePost(allowed: readonly string[]) {
  const admits = openAddresses(allowed)
  const resolve: LookupFunction = (name, options, callback) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      const good = (found ?? []).filter(({ address }) => admits(address))
      const [first] = good
      if (error !== null || first === undefined) callback(error ?? refused(), '', 0)
      else if (options.all === true) callback(null, good)
      else callback(null, first.address, first.family)
    })

  /** Resolves to the status. Rejects when it is not reached, or must not be. */
  return (url: string, { type, body }: { readonly type: string; readonly body: string }): Promise<number> =>
    new Promise((done, fail) => {
      const { protocol, hostname } = new URL(url)
      const literal = hostname.replace(/^\[|\]$/g, '')
      if (isIP(literal) !== 0 && !admits(literal)) return fail(refused())
      const ask = protocol === 'https:' ? requestHttps : requestHttp
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body), accept: 'application/json' }
      const signal = AbortSignal.timeout(timeoutMilliseconds)
      const sent = ask(url, { method: 'POST', headers, lookup: resolve, signal, agent: false }, (answer) => {
        answer.resume()
        done(answer.statusCode ?? 0)
      })
      sent.on('error', fail)
      sent.end(body)
    })
}

const refused = () => new Error('this address is of a network that is not told')
