/** Whether one more call of this application that gave it nothing may leave evidence. */
export type KeepsRefusal = (applicationId: string) => boolean

const minuteMilliseconds = 60_000

/** What is refused costs its caller nothing and no quota bounds it: of each application the first of a minute are kept, and no more. */
export function createRefusalsKept(perMinute: number, monotonic: () => number): KeepsRefusal {
  const kept = new Map<string, number>()
  let endsAt = 0
  return (applicationId) => {
    if (monotonic() >= endsAt) {
      kept.clear()
      endsAt = monotonic() + minuteMilliseconds
    }
    const before = kept.get(applicationId) ?? 0
    if (before >= perMinute) return false
    kept.set(applicationId, before + 1)
    return true
  }
}
