import type { IncomingMessage } from 'node:http'
import { standardSignInHabits } from '#contract'
import type { BrowserRequest } from './browser-request.js'
import { writeForm } from './parse-form.js'
import type { MountedRealm } from './realm.js'

/**
 * The same request on the authorization server's own origin, for a browser that came by another name of the platform; null: it is there.
 * Cookies are of one host, so a sign-in that began under one name could not go on, nor be known, under another: sessions, and the
 * addresses that a provider elsewhere sends people back to, are of this origin alone.
 */
export function atOwnOrigin(request: IncomingMessage, asked: BrowserRequest, authorizationUrl: string): string | null {
  const { mounted, path, query, form } = asked
  const { platform, realm, habits } = mounted
  const own = new URL(authorizationUrl)
  const name = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  const declared = [...Object.values(platform.hosts).flatMap((hosts) => hosts.authorization), ...(realm.hosts ?? [])]
  if (name === own.hostname || !declared.includes(name)) return null
  if (request.method === 'POST' && !postedAnew(mounted).includes(path)) return null
  const parameters = new Map([...query, ...form])
  parameters.delete(habits.realmParameter)
  const written = writeForm(parameters)
  return `${own.origin}${realm.issuerPath}${path}${written === '' ? '' : `?${written}`}`
}

/** Where a posted request may be made anew as a GET: nothing of it is a secret. */
const postedAnew = ({ habits }: MountedRealm): readonly string[] => [
  (habits.signIn ?? standardSignInHabits).authorizePath,
  '/session/end',
]
