/** A call that is under way, as what it asks for. */
export interface Flight {
  readonly key: string
  readonly until: number
}

/** Which calls are under way on this node. */
export interface Flights {
  /** Null: the same call is under way, and not for too long. */
  begin(key: string, now: number): Flight | null
  end(flight: Flight): void
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>()
  return {
    begin(key, now) {
      const other = flights.get(key)
      if (other !== undefined && now < other.until) return null
      const flight = { key, until: now + flightMilliseconds }
      flights.set(key, flight)
      return flight
    },
    end(flight) {
      // One that was given up for lost must not end the call that took its place.
      if (flights.get(flight.key) === flight) flights.delete(flight.key)
    },
  }
}

/** A call that takes longer keeps nobody from asking again. */
const flightMilliseconds = 60_000
