import type { Contract } from './contract.js'
import type { Random } from './random.js'
import type { Profile } from './rome.js'

export interface Pay {
  readonly salaire: Readonly<Record<string, unknown>>
  /** Gross euros a month at full time, for the search; absent when the offer names no figure. */
  readonly monthly?: readonly [from: number, to: number]
}

const extras = [
  'Mutuelle',
  'Titres restaurant / Prime de panier',
  'Primes',
  'Véhicule',
  'Participation/action',
  'CE/CSE',
  'Chèque repas',
]

/** Legal full-time month in France: 151.67 hours. */
const hoursOfMonth = 151.67

export function drawPay(profile: Profile, contract: Contract, random: Random): Pay | undefined {
  if (random.chance(0.12)) return undefined
  if (random.chance(0.1)) return { salaire: { commentaire: random.pick(comments), ...complements(random) } }
  const monthly = drawMonthly(profile, contract, random)
  return { salaire: { libelle: describe(monthly, profile, random), ...complements(random) }, monthly }
}

/** The legal minimum of 2026, gross a month at full time, rounded up. */
const minimumWage = 1830

const comments = ['Selon profil et expérience', 'Selon convention collective', 'A négocier', 'Selon grille en vigueur']

function drawMonthly(profile: Profile, contract: Contract, random: Random): readonly [number, number] {
  const [low, high] = profile.pay
  if (contract.alternance) return [random.pick([790, 980, 1130]), random.pick([1250, 1480, 1830])]
  const from = Math.max(minimumWage, low) + Math.round(((high - low) * random.next() * 0.6) / 10) * 10
  const to = from + Math.round((Math.max(0, high - from) * random.next()) / 10) * 10
  return [from, to]
}

function describe(monthly: readonly [number, number], profile: Profile, random: Random): string {
  const cadre = profile.qualifications.includes('9')
  const unit = random.weighted([
    [cadre ? 8 : 2, 'Annuel'],
    [cadre ? 2 : 6, 'Mensuel'],
    [cadre ? 0 : 3, 'Horaire'],
  ] as const)
  const [from, to] = monthly.map((amount) => inUnit(amount, unit)) as [string, string]
  return from === to ? `${unit} de ${from} Euros sur 12.0 mois` : `${unit} de ${from} Euros à ${to} Euros sur 12.0 mois`
}

function inUnit(monthly: number, unit: 'Annuel' | 'Mensuel' | 'Horaire'): string {
  if (unit === 'Horaire') return (monthly / hoursOfMonth).toFixed(2)
  return (unit === 'Annuel' ? monthly * 12 : monthly).toFixed(1)
}

function complements(random: Random): Record<string, unknown> {
  const kept = random.some(
    extras,
    random.weighted([
      [6, 0],
      [3, 1],
      [1, 2],
    ]),
  )
  const [complement1, complement2] = kept
  if (!complement1) return {}
  const listeComplements = kept.map((libelle) => ({ code: String(extras.indexOf(libelle) + 1), libelle }))
  return { complement1, ...(complement2 ? { complement2 } : {}), ...(random.chance(0.3) ? { listeComplements } : {}) }
}
