import type { UpstreamTarget } from '#contract'

interface Seat {
  readonly target: UpstreamTarget
  current: number
}

/** Picks among an API's addresses in proportion to their weights, evenly spread, leaving out those that `isFit` refuses. */
export type Balancer = (targets: readonly UpstreamTarget[], isFit: (url: string) => boolean) => string | null

export function createBalancer(): Balancer {
  const tables = new WeakMap<readonly UpstreamTarget[], readonly Seat[]>()
  return (targets, isFit) => {
    const [lone] = targets
    if (targets.length === 1 && lone !== undefined) return isFit(lone.url) ? lone.url : null
    let seats = tables.get(targets)
    if (seats === undefined) {
      seats = targets.map((target) => ({ target, current: 0 }))
      tables.set(targets, seats)
    }
    return pick(seats, isFit)
  }
}

/** Each fit seat gains its weight, the richest is taken and pays the sum: 2:1 gives a, b, a rather than a, a, b. */
function pick(seats: readonly Seat[], isFit: (url: string) => boolean): string | null {
  const fit = seats.filter((seat) => seat.target.weight > 0 && isFit(seat.target.url))
  let best: Seat | null = null
  let sum = 0
  for (const seat of fit) {
    seat.current += seat.target.weight
    sum += seat.target.weight
    if (best === null || seat.current > best.current) best = seat
  }
  if (best === null) return null
  best.current -= sum
  return best.target.url
}
