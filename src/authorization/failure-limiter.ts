import type { Clock } from '#base'

export interface FailureLimiterOptions {
  readonly limit: number
  readonly periodMilliseconds: number
  /** Keys remembered; beyond it the oldest is forgotten. */
  readonly keysMax: number
  readonly clock: Clock
}

interface Window {
  readonly endsAt: number
  failures: number
}

/** Counts failures per key in windows that begin with the first one; bounded whatever keys an attacker makes up. */
export function createFailureLimiter({ limit, periodMilliseconds, keysMax, clock }: FailureLimiterOptions) {
  const windows = new Map<string, Window>()

  const open = (key: string): Window | undefined => {
    const window = windows.get(key)
    if (window === undefined || clock() < window.endsAt) return window
    windows.delete(key)
    return undefined
  }

  return {
    /** Whole seconds to wait, 0 for none. */
    waitSeconds(key: string): number {
      const window = open(key)
      if (window === undefined || window.failures < limit) return 0
      return Math.max(1, Math.ceil((window.endsAt - clock()) / 1000))
    },
    fail(key: string): void {
      const window = open(key)
      if (window !== undefined) {
        window.failures += 1
        return
      }
      if (windows.size >= keysMax) windows.delete(windows.keys().next().value ?? '')
      windows.set(key, { endsAt: clock() + periodMilliseconds, failures: 1 })
    },
  }
}

export type FailureLimiter = ReturnType<typeof createFailureLimiter>
