import { userInfo } from 'node:os'

/** Who is at the keyboard, for the history; undefined where the system has no name for them, as in some containers. */
export function userName(): string | undefined {
  try {
    const { username } = userInfo()
    return /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,79}$/u.test(username) ? username : undefined
  } catch {
    return undefined
  }
}
