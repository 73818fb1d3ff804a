import { type Clock, Problem } from '#base'
import type { Dataset } from './dataset.js'
import { distanceKilometres, type Point } from './distance.js'
import { fieldValues } from './field.js'
import type { FilterDeclaration, ThroughDeclaration } from './filter-shape.js'
import { words } from './normalise.js'
import type { ParameterValue, ParameterValues } from './parameter-reader.js'
import type { ParameterDeclaration } from './parameter-shape.js'
import { createRowSet, type RowSet } from './row-set.js'

/** What filters leave for the order of the rows: filled only by those that measure. */
export interface Marks {
  relevance: Float64Array | null
  distance: Float64Array | null
}

/** The rows that a parameter's value keeps. */
export type Filter = (value: ParameterValue, all: ParameterValues, marks: Marks) => RowSet

export interface FilterContext {
  readonly dataset: Dataset
  readonly parameter: ParameterDeclaration
  readonly datasetNamed: (name: string) => Promise<Dataset>
  readonly clock: Clock
}

type Of<By extends FilterDeclaration['by']> = Extract<FilterDeclaration, { by: By }>

export function compileFilter(declaration: FilterDeclaration, context: FilterContext): Filter | Promise<Filter> {
  switch (declaration.by) {
    case 'equal':
    case 'prefix':
      return values(declaration, context)
    case 'words':
      return matching(declaration, context)
    case 'atLeast':
    case 'atMost':
      return bound(declaration, context)
    case 'lastDays':
      return lastDays(declaration, context)
    case 'latest':
      return latest(declaration, context)
    case 'near':
      return near(declaration, context)
  }
}

async function values(
  declaration: Of<'equal'> | Of<'prefix'>,
  { dataset, datasetNamed }: FilterContext,
): Promise<Filter> {
  const index = dataset.values(declaration.fields)
  const translations = await Promise.all(
    declaration.through.map(async (step) => translator(step, await datasetNamed(step.dataset))),
  )
  const { translate, exclude, absent } = declaration
  const search = declaration.by === 'equal' ? index.equal : index.startingWith
  return (value, all) => {
    const direct = value.texts.flatMap((text) => (own(translate, text) ?? [text]).map(String))
    const wanted = translations.reduce<readonly string[]>((texts, step) => step(texts, all), direct)
    const set = search(wanted)
    if (absent !== undefined && wanted.includes(absent)) set.join(index.absent())
    if (exclude !== undefined && all.get(exclude.parameter)?.texts[0] === exclude.is) set.invert()
    return set
  }
}

const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

function translator({ where, take, when, add }: ThroughDeclaration, dataset: Dataset) {
  const index = dataset.values([where])
  return (texts: readonly string[], all: ParameterValues): readonly string[] => {
    if (when !== undefined && all.get(when)?.texts[0] !== 'true') return texts
    const rows = texts.flatMap((text) => index.values.get(text) ?? [])
    const taken = rows.flatMap((row) => fieldValues(dataset.rows[row], take).map(String))
    return [...new Set(add ? [...texts, ...taken] : taken)]
  }
}

async function matching(declaration: Of<'words'>, { dataset }: FilterContext): Promise<Filter> {
  const index = await dataset.words(declaration.fields)
  return (value, all, marks) => {
    marks.relevance ??= new Float64Array(dataset.rows.length)
    const searched = value.texts.flatMap(words)
    const any = declaration.any !== undefined && all.get(declaration.any.parameter)?.texts[0] === declaration.any.is
    return any ? index.any(searched, marks.relevance) : index.all(searched, marks.relevance)
  }
}

function bound(declaration: Of<'atLeast'> | Of<'atMost'>, { dataset, parameter }: FilterContext): Filter {
  const kind = parameter.type === 'instant' || parameter.type === 'date' ? 'instant' : 'number'
  const column = dataset.numbers(declaration.field, kind)
  const { factor } = declaration
  // A date as an upper bound means the whole of its day.
  const slack = parameter.type === 'date' && declaration.by === 'atMost' ? 86_399_999 : 0
  return (value, all) => {
    const chosen = factor === undefined ? undefined : own(factor.values, all.get(factor.parameter)?.texts[0] ?? '')
    const limit = value.number * (chosen ?? 1) + slack
    const fits = declaration.by === 'atLeast' ? (found: number) => found >= limit : (found: number) => found <= limit
    return where(column, (found) => (Number.isNaN(found) ? declaration.absent === 'keep' : fits(found)))
  }
}

function lastDays(declaration: Of<'lastDays'>, { dataset, clock }: FilterContext): Filter {
  const column = dataset.numbers(declaration.field, 'instant')
  return (value) => {
    const since = clock() - value.number * 86_400_000
    return where(column, (found) => found >= since)
  }
}

function latest({ field }: Of<'latest'>, { dataset }: FilterContext): Filter {
  const index = dataset.values([field])
  const greatest = [...index.values.keys()].sort().slice(-1)
  return (value) => (value.texts[0] === 'true' ? index.equal(greatest) : createRowSet(dataset.rows.length, true))
}

async function near(declaration: Of<'near'>, context: FilterContext): Promise<Filter> {
  const { dataset } = context
  const latitudes = dataset.numbers(declaration.latitude, 'number')
  const longitudes = dataset.numbers(declaration.longitude, 'number')
  const same = declaration.same === undefined ? null : dataset.values([declaration.same])
  const centres = await centresOf(declaration.centre, context)
  const { parameter, default: usual } = declaration.distance
  return (value, all, marks) => {
    const most = (parameter === undefined ? undefined : all.get(parameter)?.number) ?? usual
    const distances = nearest({ latitudes, longitudes, most }, centres(value, all))
    const kept = where(distances, (found) => found <= most)
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

async function centresOf(centre: Of<'near'>['centre'], { datasetNamed }: FilterContext): Promise<Centres> {
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

function where(column: Float64Array, keeps: (value: number) => boolean): RowSet {
  const set = createRowSet(column.length)
  for (let row = 0; row < column.length; row++) if (keeps(column[row] ?? Number.NaN)) set.add(row)
  return set
}

export const unknownDataset = (name: string) =>
  new Problem({
    code: 'sandbox/unknown-dataset',
    status: 500,
    text: { fr: `Jeu de données inconnu : ${name}.`, en: `Unknown dataset: ${name}.` },
  })
