import { resolve } from 'node:path'
import { type Authorization, createAuthorization } from '#authorization'
import { type Settings, systemClock } from '#base'
import { dialectOf } from '#contract'
import { type ControlNeeds, controlAddress, createControl } from '#control'
import { type ControlCall, callOverSocket, readAnswer } from './control-call.js'
import { openStoreRooms, type StoreRooms } from './store-rooms.js'

/** Runs one command's work against the process that owns the data folder, or against the store itself when none runs. */
export async function withControl<T>(settings: Settings, work: (call: ControlCall) => Promise<T>): Promise<T> {
  const running = await callOverSocket(controlAddress(resolve(settings.PORTIQUE_DATA)))
  if (running !== null) return work(running)
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

/** Few commands ask the realms anything: they are built for the one that does. */
function authorizationAtNeed(rooms: StoreRooms, settings: Settings): ControlNeeds['authorization'] {
  const once = async <T>(work: (authorization: Authorization) => Promise<T>): Promise<T> => {
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
