import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { centresTable, citiesTable } from './places-table.js'
import { hash } from './random.js'

export interface Commune {
  readonly code: string
  readonly nom: string
  readonly codePostal: string
  readonly departement: string
  readonly region: string
  readonly population: number
  readonly latitude: number
  readonly longitude: number
}

export interface Departement {
  readonly code: string
  readonly nom: string
  readonly region: string
  readonly chefLieu: string
}

export interface Geography {
  readonly communes: readonly Commune[]
  readonly departements: readonly Departement[]
  readonly regions: readonly { readonly code: string; readonly nom: string }[]
}

interface CommuneRow {
  readonly code: string
  readonly nom: string
  readonly type: string
  readonly departement?: string
  readonly region?: string
  readonly codesPostaux?: readonly string[]
  readonly population?: number
}

/** Communes, départements and régions of the Code officiel géographique, from `@etalab/decoupage-administratif`. */
export function readGeography(): Geography {
  const rows = read<CommuneRow[]>('communes')
  const departements = read<Departement[]>('departements').filter(({ code }) => centres.has(code))
  const regions = read<{ code: string; nom: string }[]>('regions')
  const communes = rows.flatMap(toCommune).sort((a, b) => compare(a.code, b.code))
  return { communes, departements, regions }
}

function read<T>(name: string): T {
  const file = createRequire(import.meta.url).resolve(`@etalab/decoupage-administratif/data/${name}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

const centres = parsePlaces(centresTable)
const cities = parsePlaces(citiesTable)

function parsePlaces(table: string): ReadonlyMap<string, readonly [number, number]> {
  const lines = table.trim().split('\n')
  return new Map(
    lines.map((line) => {
      const [code = '', latitude, longitude] = line.split(' ')
      return [code, [Number(latitude), Number(longitude)]]
    }),
  )
}

/** Real communes and the arrondissements of Paris, Lyon and Marseille; those without a postal code or outside a département are left out. */
function toCommune(row: CommuneRow): readonly Commune[] {
  const codePostal = row.codesPostaux?.[0]
  const place = row.departement ? placeOf(row.code, row.departement) : undefined
  const kept = row.type === 'commune-actuelle' || row.type === 'arrondissement-municipal'
  if (!kept || !codePostal || !place || !row.departement || !row.region) return []
  const { code, nom, departement, region, population = 0 } = row
  return [{ code, nom, codePostal, departement, region, population, latitude: place[0], longitude: place[1] }]
}

/** The place of a known city, else a stable point near the département's centre: plausible, not surveyed. */
function placeOf(code: string, departement: string): readonly [number, number] | undefined {
  const known = cities.get(code)
  const centre = centres.get(departement)
  if (known || !centre) return known
  const spread = small.has(departement) ? 0.04 : 0.28
  const shift = (seed: string) => (hash(`${seed} ${code}`) / 4294967296 - 0.5) * 2 * spread
  return [round(centre[0] + shift('latitude')), round(centre[1] + shift('longitude') * 1.3)]
}

const small: ReadonlySet<string> = new Set(['75', '90', '92', '93', '94', '95', '971', '972', '974', '976'])

function round(degrees: number): number {
  return Math.round(degrees * 10000) / 10000
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
