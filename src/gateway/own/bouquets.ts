import { stringify } from 'yaml'
import { type ApiVersion, bouquet, type JsonObject } from '#contract'
import type { Exchange } from '../exchange.js'
import { type OwnDocument, ownDocument } from './documents.js'
import { serverOf } from './server.js'

const bearer: JsonObject = { bearer: { type: 'http', scheme: 'bearer' } }
/** One for each platform, choice of versions and way of addressing it. */
const documentsMax = 50

/** The contracts of a platform as one document, written again only when one of them changes. */
export function bouquets() {
  const known = new Map<string, { readonly of: readonly ApiVersion[]; readonly document: OwnDocument }>()
  return (exchange: Exchange, all: readonly ApiVersion[], versions: readonly string[]): OwnDocument => {
    const apis = all.filter(({ lifecycle, version }) => versions.includes(version) && isShown(lifecycle.state))
    const server = serverOf(exchange).path
    const key = `${exchange.route?.platform.id} ${versions.join(' ')} ${server}`
    const before = known.get(key)
    if (before !== undefined && isSame(before.of, apis)) return before.document
    const document = written(exchange, apis, server)
    if (known.size >= documentsMax) known.clear()
    known.set(key, { of: apis, document })
    return document
  }
}

function written({ route, dialect }: Exchange, apis: readonly ApiVersion[], server: string): OwnDocument {
  if (route === null) return ownDocument('application/yaml', '')
  const whole = bouquet({ platform: route.platform, apis, server, security: dialect.security ?? bearer })
  return ownDocument('application/yaml', stringify(whole, { aliasDuplicateObjects: false, lineWidth: 160 }))
}

const isShown = (state: ApiVersion['lifecycle']['state']) => state === 'published' || state === 'deprecated'

const isSame = (one: readonly ApiVersion[], other: readonly ApiVersion[]) =>
  one.length === other.length && one.every((api, index) => api === other[index])
