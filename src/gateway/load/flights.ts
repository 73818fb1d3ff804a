import type { EndMark, MarkFlight } from '../ports.js'

/** A call that is under way, as what it asks for. */
export interface Flight {
  readonly key: string
  readonly until: number
}

/** Which calls are under way. */
export interface Flights {
  /** Null: the same call is under way on this node, and not for too long. */
  begin(key: string, now: number): Flight | null
  /** Whether no other node has the same call under way; a promise only where nodes tell each other. */
  alone(flight: Flight): true | Promise<boolean>
  /** May be said twice. A promise where other nodes are told: before it resolves they may refuse the same call still. */
  end(flight: Flight): void | Promise<void>
}

export function createFlights(mark?: MarkFlight): Flights {
  const flights = new Map<string, Flight>()
  const marks = new WeakMap<Flight, EndMark>()

  const markElsewhere = async (flight: Flight, markFlight: MarkFlight): Promise<boolean> => {
    const endMark = await markFlight(flight.key)
    if (endMark === null) return false
    // The call may have ended while the other nodes were told of it.
    if (flights.get(flight.key) === flight) marks.set(flight, endMark)
    else void endMark()
    return true
  }

  return {
    begin(key, now) {
      const other = flights.get(key)
      if (other !== undefined && now < other.until) return null
      const flight = { key, until: now + flightMilliseconds }
      flights.set(key, flight)
      return flight
    },
    alone: (flight) => (mark === undefined ? true : markElsewhere(flight, mark)),
    end(flight) {
      // One that was given up for lost must not end the call that took its place.
      if (flights.get(flight.key) === flight) flights.delete(flight.key)
      const endMark = marks.get(flight)
      if (endMark === undefined) return
      marks.delete(flight)
      return endMark()
    },
  }
}

/** A call that takes longer keeps nobody from asking again. */
const flightMilliseconds = 60_000
