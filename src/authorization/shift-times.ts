import type { AdapterPayload } from 'oidc-provider'

/** What the library writes as seconds since the epoch: `iiat` and `loginTs` are those of a refresh token and of a session. */
const timeMembers = ['iat', 'exp', 'iiat', 'loginTs', 'authTime'] as const

/** The payload with its times moved by `seconds`, so that lifetimes pass with another clock than the library's. */
export function shiftTimes(payload: AdapterPayload, seconds: number): AdapterPayload {
  if (seconds === 0) return payload
  const moved: AdapterPayload = { ...payload }
  for (const member of timeMembers) {
    const time: unknown = payload[member]
    if (typeof time === 'number') Object.assign(moved, { [member]: time + seconds })
  }
  return moved
}
