import { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const timeoutMilliseconds = 5000

/** Networks that no stranger's address may lead to (RFC 6890). */
const special = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16',
  '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
  '::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8',
].flatMap((line) => line.split(' '))

/**
 * Posts to an address that an application chose: no redirect is followed, and where it leads is judged when the connection is made, so that
 * no name can change its mind in between (ASVS 5.0 V1.3.6). `allowed` are CIDR blocks that are open although they are not public.
 */
export function createSafePost(allowed: readonly string[]) {
  const closed = blocks(special)
  const open = blocks(allowed)
  const admits = (address: string) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    return open.check(address, family) || !closed.check(address, family)
  }
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

function blocks(list: readonly string[]): BlockList {
  const built = new BlockList()
  for (const block of list) {
    const [address = '', bits = ''] = block.split('/')
    built.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return built
}
