import { distanceKilometres, type Point } from './distance.js'
import type { Filter, FilterContext, FilterOf } from './filter-context.js'
import type { ParameterValue, ParameterValues } from './parameter-reader.js'
import { rowsWhere } from './rows-where.js'

/** Rows within a distance of the place named, or of one of them; their distances are left in the marks. */
export async function nearFilter(declaration: FilterOf<'near'>, context: FilterContext): Promise<Filter> {
  const { dataset } = context
  const latitudes = dataset.numbers(declaration.latitude, 'number')
  const longitudes = dataset.numbers(declaration.longitude, 'number')
  const same = declaration.same === undefined ? null : dataset.values([declaration.same])
  const centres = await centresOf(declaration.centre, context)
  const { parameter, default: usual } = declaration.distance
  return (value, all, marks) => {
    const most = (parameter === undefined ? undefined : all.get(parameter)?.number) ?? usual
    const distances = nearest({ latitudes, longitudes, most }, centres(value, all))
    const kept = rowsWhere(distances, (found) => found <= most)
    if (same !== null) {
      const inside = same.equal(value.texts)
      distances.forEach((found, row) => {
        if (inside.has(row) && Number.isNaN(found)) distances[row] = 0
      })
      kept.join(inside)
    }
    marks.distance = distances
    return kept
  }
}

type Centres = (value: ParameterValue, all: ParameterValues) => readonly Point[]

async function centresOf(centre: FilterOf<'near'>['centre'], { datasetNamed }: FilterContext): Promise<Centres> {
  if ('longitudeParameter' in centre)
    return (value, all) => [
      { latitude: value.number, longitude: all.get(centre.longitudeParameter)?.number ?? Number.NaN },
    ]
  const places = await datasetNamed(centre.dataset)
  const keys = places.values([centre.key])
  const latitudes = places.numbers(centre.latitude, 'number')
  const longitudes = places.numbers(centre.longitude, 'number')
  return (value) =>
    value.texts
      .flatMap((text) => keys.values.get(text) ?? [])
      .map((row) => ({ latitude: latitudes[row] ?? Number.NaN, longitude: longitudes[row] ?? Number.NaN }))
}

interface Positions {
  readonly latitudes: Float64Array
  readonly longitudes: Float64Array
  readonly most: number
}

/** No degree of latitude is shorter than this: what differs by more needs no trigonometry. */
const kilometresADegree = 110

/** Kilometres from each row to the nearest of the points, where it may be within `most`; NaN elsewhere. */
function nearest({ latitudes, longitudes, most }: Positions, points: readonly Point[]): Float64Array {
  const found = new Float64Array(latitudes.length).fill(Number.NaN)
  for (const point of points)
    for (let row = 0; row < found.length; row++) {
      const latitude = latitudes[row] ?? Number.NaN
      if (!(Math.abs(latitude - point.latitude) * kilometresADegree <= most)) continue
      const here = distanceKilometres(point, { latitude, longitude: longitudes[row] ?? Number.NaN })
      const known = found[row] ?? Number.NaN
      found[row] = Number.isNaN(known) ? here : Math.min(known, here)
    }
  return found
}
