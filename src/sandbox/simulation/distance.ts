export interface Point {
  readonly latitude: number
  readonly longitude: number
}

const earthKilometres = 6371.0088
const radians = Math.PI / 180

/** Great-circle distance in kilometres (haversine). */
export function distanceKilometres(from: Point, to: Point): number {
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2)
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2)
  const chord = north * north + Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * east * east
  return 2 * earthKilometres * Math.asin(Math.min(1, Math.sqrt(chord)))
}
