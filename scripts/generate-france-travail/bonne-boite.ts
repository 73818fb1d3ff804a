import { employerName } from './employers.js'
import type { Commune, Geography } from './geography.js'
import { nafLabel } from './naf.js'
import { createRandom, type Random } from './random.js'
import { type Profile, profiles } from './rome.js'

/** Offices likely to hire, spread over every métier of the simulation. */
export function drawOffices(geography: Geography, count: number): readonly unknown[] {
  const random = createRandom('la bonne boîte')
  const towns = geography.communes.filter(
    ({ population, code }) => population > 4_000 && !['75056', '69123', '13055'].includes(code),
  )
  return Array.from({ length: count }, (_, index) => office(index, drawTown(towns, random), random))
}

/** Larger towns more often: the larger of two draws. */
function drawTown(towns: readonly Commune[], random: Random): Commune {
  const [a, b] = [random.pick(towns), random.pick(towns)]
  return a.population > b.population ? a : b
}

function office(index: number, town: Commune, random: Random): unknown {
  const profile = profiles[index % profiles.length] ?? random.pick(profiles)
  const naf = random.pick(profile.nafs)
  const potential = Math.round(random.next() * 500) / 100
  const [headcount_min, headcount_max] = random.pick(sizes)
  return {
    id: index + 1,
    siret: siret(index),
    company_name: employerName(random).toUpperCase(),
    office_name: '',
    naf: naf.replace('.', ''),
    naf_label: nafLabel(naf),
    romes: romesOf(profile, naf),
    headcount_min,
    headcount_max,
    city: town.nom,
    citycode: town.code,
    postcode: town.codePostal,
    department_number: town.departement,
    region_number: town.region,
    location: { lat: shift(town.latitude, random), lon: shift(town.longitude, random) },
    hiring_potential: potential,
    is_high_potential: potential >= 3.5,
  }
}

const sizes: readonly (readonly [number, number])[] = [
  [1, 2],
  [3, 5],
  [6, 9],
  [10, 19],
  [20, 49],
  [50, 99],
  [100, 199],
  [250, 499],
]

function romesOf(profile: Profile, naf: string): readonly string[] {
  const others = profiles.filter(({ nafs }) => nafs.includes(naf)).map(({ metier }) => metier.code)
  return [...new Set([profile.metier.code, ...others])]
}

function shift(degrees: number, random: Random): number {
  return Math.round((degrees + (random.next() - 0.5) * 0.03) * 10000) / 10000
}

/** A well-formed number (Luhn) in a range that the register had not reached when this was written. */
function siret(index: number): string {
  const siren = withLuhn(`997${String(10_000 + index * 3).padStart(5, '0')}`)
  return withLuhn(`${siren}0001`)
}

function withLuhn(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + doubled(Number(digit), index % 2 === 0), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function doubled(digit: number, twice: boolean): number {
  const value = twice ? digit * 2 : digit
  return value > 9 ? value - 9 : value
}
