import type { Random } from './random.js'
import type { Profile } from './rome.js'

export interface WorkingTime {
  readonly libelle: string
  readonly converti: string
  readonly horaires: readonly string[]
  readonly fullTime: boolean
  /** Minutes a week. */
  readonly minutes: number
}

const partTime: ReadonlySet<string> = new Set([
  'D1505',
  'D1507',
  'G1203',
  'G1501',
  'G1603',
  'K1302',
  'K1303',
  'K1304',
  'K2107',
  'K2204',
  'N4103',
])

export function drawWorkingTime(profile: Profile, random: Random): WorkingTime {
  const fullTime = !random.chance(partTime.has(profile.metier.code) ? 0.5 : 0.08)
  const hours = fullTime ? random.pick([35, 35, 35, 35, 37, 39, 39]) : random.pick([10, 15, 17, 20, 24, 25, 28, 30])
  const minutes = hours * 60 + (hours % 2 === 1 && random.chance(0.1) ? 30 : 0)
  const rhythm = random.pick(profile.traits.has('n') ? irregular : regular)
  const libelle = `${hours}H${minutes % 60 ? minutes % 60 : ''}/semaine\n${rhythm}`
  return { libelle, converti: fullTime ? 'Temps plein' : 'Temps partiel', horaires: [libelle], fullTime, minutes }
}

const regular = [
  'Travail en journée',
  'Travail en journée',
  'Travail en horaires variables',
  'Travail du lundi au vendredi',
]
const irregular = [
  'Travail en journée',
  'Travail samedi et dimanche',
  'Travail de nuit',
  'Travail en 2X8',
  'Travail en 3X8',
  'Horaires décalés',
]
