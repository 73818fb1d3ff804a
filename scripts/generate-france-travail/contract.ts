import { naturesContrats, typesContrats } from './nomenclatures.js'
import type { Random } from './random.js'
import type { Coded, Profile } from './rome.js'

export interface Contract {
  readonly type: Coded
  readonly nature: Coded
  readonly alternance: boolean
  /** Absent for a contract without an end. */
  readonly months?: number
  readonly label: string
}

/** A contract that suits the métier: seasonal and temporary work only where they are usual. */
export function drawContract(profile: Profile, random: Random): Contract {
  if (random.chance(0.08)) return apprenticeship(random)
  const code = random.weighted([
    [56, 'CDI'],
    [24, 'CDD'],
    [profile.traits.has('i') ? 26 : 3, 'MIS'],
    [profile.traits.has('s') ? 22 : 0, 'SAI'],
    [profile.traits.has('i') ? 3 : 0.2, 'DIN'],
    [profile.qualifications.includes('1') ? 6 : 0, 'DDI'],
    [profile.qualifications.includes('1') ? 1.5 : 0, 'TTI'],
    [profile.traits.has('r') ? 3 : 0.2, 'CCE'],
    [profile.metier.code.startsWith('D') ? 1.5 : 0, 'FRA'],
    [profile.metier.code.startsWith('J1') ? 8 : 0.2, 'LIB'],
    [profile.metier.code.startsWith('D11') ? 2 : 0, 'REP'],
  ])
  const type = named(typesContrats, code)
  const months = ending.has(code) ? random.pick([1, 2, 3, 4, 5, 6, 6, 8, 9, 12, 12, 18]) : undefined
  const nature = named(naturesContrats, natureOf(code, profile, random))
  const label = months === undefined ? type.libelle : `${type.libelle} - ${months} Mois`
  return { type, nature, alternance: false, label, ...(months === undefined ? {} : { months }) }
}

const ending: ReadonlySet<string> = new Set(['CDD', 'MIS', 'SAI', 'DDI', 'TTI'])
const selfEmployed: ReadonlySet<string> = new Set(['CCE', 'FRA', 'LIB', 'REP'])

function apprenticeship(random: Random): Contract {
  const type = named(typesContrats, 'CDD')
  const months = random.pick([12, 12, 18, 24, 24, 36])
  const nature = named(naturesContrats, random.chance(0.7) ? 'E2' : 'FS')
  return { type, nature, alternance: true, months, label: `${type.libelle} - ${months} Mois` }
}

function natureOf(type: string, profile: Profile, random: Random): string {
  if (selfEmployed.has(type)) return 'NS'
  if (type === 'DDI' || type === 'TTI') return 'I1'
  if (type === 'CDI' && profile.metier.code.startsWith('F'))
    return random.weighted([
      [95, 'E1'],
      [5, 'CC'],
    ])
  if (type === 'CDI' && profile.metier.code === 'M1806')
    return random.weighted([
      [80, 'E1'],
      [20, 'PS'],
    ])
  if (type === 'CDD' && profile.metier.code.startsWith('L'))
    return random.weighted([
      [40, 'E1'],
      [60, 'CU'],
    ])
  if (type === 'CDD' && profile.metier.code === 'G1203')
    return random.weighted([
      [40, 'E1'],
      [60, 'EE'],
    ])
  if (type === 'CDD')
    return random.weighted([
      [88, 'E1'],
      [3, 'FT'],
      [3, 'FU'],
      [3, 'FV'],
      [2, 'CU'],
      [1, 'PR'],
    ])
  return random.weighted([
    [98, 'E1'],
    [1, 'CI'],
    [1, 'FA'],
  ])
}

function named(list: readonly Coded[], code: string): Coded {
  const found = list.find((one) => one.code === code)
  if (!found) throw new Error(`${code} is not in the nomenclature`)
  return found
}
