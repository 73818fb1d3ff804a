import type { Authorization } from '#authorization'
import { systemClock } from '#base'
import { dialectOf } from '#contract'
import { type ControlNeeds, createControl } from '#control'
import { type ControlCall, readAnswer } from './control-call.js'
import type { Settings } from './settings.js'
import { openStoreRooms, type StoreRooms } from './store-rooms.js'

/** Runs one command's work against the store itself, since no process runs that owns it. */
export async function withOwnControl<T>(settings: Settings, work: (call: ControlCall) => Promise<T>): Promise<T> {
  const rooms = await openStoreRooms(settings)
  try {
    const control = createControl({
      ...rooms,
      authorization: authorizationAtNeed(rooms, settings),
      addresses: addressesOf(settings),
    })
    return await work(async (method, path, body) => {
      const init =
        body === undefined
          ? { method }
          : { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
      const answer = await control.request(path, init)
      return readAnswer({ status: answer.status, text: await answer.text() })
    })
  } finally {
    await rooms.close()
  }
}

/** What the process will be reached by once it runs. */
function addressesOf({ PORT, PORTIQUE_AUTHORIZATION_URL, PORTIQUE_GATEWAY_URL }: Settings) {
  const local = `http://localhost:${PORT}`
  return { authorization: PORTIQUE_AUTHORIZATION_URL ?? local, gateway: PORTIQUE_GATEWAY_URL ?? local }
}

/** Few commands ask the realms anything: they are loaded and built for the one that does. */
function authorizationAtNeed(rooms: StoreRooms, settings: Settings): ControlNeeds['authorization'] {
  const once = async <T>(work: (authorization: Authorization) => Promise<T>): Promise<T> => {
    const { createAuthorization } = await import('#authorization')
    const authorizationUrl = addressesOf(settings).authorization
    const authorization = await createAuthorization({ ...rooms, dialectOf, authorizationUrl, clock: systemClock })
    try {
      return await work(authorization)
    } finally {
      await authorization.close()
    }
  }
  return {
    rotateKeys: (request) => once((authorization) => authorization.rotateKeys(request)),
    dropKey: (request) => once((authorization) => authorization.dropKey(request)),
    createAccount: (account) => once((authorization) => authorization.createAccount(account)),
    accountsOf: (realm) => ({
      list: () => once((authorization) => authorization.accountsOf(realm).list()),
      disable: (who) => once((authorization) => authorization.accountsOf(realm).disable(who)),
      enable: (who) => once((authorization) => authorization.accountsOf(realm).enable(who)),
      resetPassword: (...given) => once((authorization) => authorization.accountsOf(realm).resetPassword(...given)),
      endSessions: (who) => once((authorization) => authorization.accountsOf(realm).endSessions(who)),
      remove: (who) => once((authorization) => authorization.accountsOf(realm).remove(who)),
    }),
  }
}
