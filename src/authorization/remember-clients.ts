import type { Client, Provider } from 'oidc-provider'
import type { Access, ApplicationRecord } from '#access'

/** The library keeps a hundred clients and hashes their metadata at each request; here each stays as long as its application is unchanged. */
export function rememberClients(provider: Provider, access: Access): void {
  const known = new WeakMap<ApplicationRecord, Client>()
  const find = provider.Client.find.bind(provider.Client)
  provider.Client.find = async (id) => {
    const record = await access.fresh(id)
    const before = record && known.get(record)
    if (before !== undefined) return before
    const client = await find(id)
    if (record !== undefined && client !== undefined) known.set(record, client)
    return client
  }
}
