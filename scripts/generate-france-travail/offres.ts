import type { Commune, Geography } from './geography.js'
import { pays } from './nomenclatures.js'
import { drawOffre, type Offre } from './offre.js'
import { createRandom, type Random } from './random.js'
import { type Profile, profiles } from './rome.js'

export const offresCount = 3550

/** Every métier and every département has its share; the rest follows the population. */
export function drawOffres(geography: Geography): readonly Offre[] {
  const random = createRandom('offres')
  const drawPlace = placeDrawer(geography, random)
  const ids = drawIds(random)
  return ids.map((id, index) => drawOffre({ id, profile: drawProfile(index, random), place: drawPlace(index) }, random))
}

function drawProfile(index: number, random: Random): Profile {
  const inTurn = profiles[index]
  return inTurn ?? random.weighted(profiles.map((profile) => [weight(profile), profile] as const))
}

/** Trades in demand are offered more often than rare ones. */
function weight({ metier, traits }: Profile): number {
  if (/^(L|M1301|B18|K1903|J1102)/.test(metier.code)) return 0.4
  return traits.has('i') || traits.has('n') ? 2 : 1
}

function placeDrawer(geography: Geography, random: Random): (index: number) => Commune | string {
  const whole = geography.communes.filter((commune) => !split.has(commune.code))
  const byDepartement = geography.departements.map(({ code }) =>
    whole.filter(({ departement }) => departement === code),
  )
  const anywhere = byPopulation(whole, random)
  const inEach = byDepartement.map((communes) => byPopulation(communes, random))
  const abroad = pays.filter(({ code }) => code !== 'EU01')
  return (index) => {
    const turn = index - 200
    if (turn >= 0 && turn < inEach.length * 8) return (inEach[turn % inEach.length] ?? anywhere)()
    return random.chance(0.012) ? random.pick(abroad).code : anywhere()
  }
}

/** Paris, Lyon and Marseille recruit by arrondissement. */
const split: ReadonlySet<string> = new Set(['75056', '69123', '13055'])

function byPopulation(communes: readonly Commune[], random: Random): () => Commune {
  const sums: number[] = []
  let total = 0
  for (const { population } of communes) {
    total += Math.max(population, 1)
    sums.push(total)
  }
  return () => {
    const commune = communes[firstAbove(sums, random.next() * total)]
    if (!commune) throw new Error('a département without a commune')
    return commune
  }
}

function firstAbove(sums: readonly number[], value: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** Three digits and four letters for the platform's own offers, seven digits for those of partners. */
function drawIds(random: Random): readonly string[] {
  const ids = new Set<string>()
  while (ids.size < offresCount) ids.add(random.chance(0.65) ? ownId(random) : String(random.int(1_000_000, 9_999_999)))
  return [...ids]
}

function ownId(random: Random): string {
  const letters = Array.from({ length: 4 }, () => random.pick([...'BCDFGHJKLMNPQRSTVWXYZ'])).join('')
  return `${random.int(100, 209)}${letters}`
}
