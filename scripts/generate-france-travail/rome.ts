import { domainesTable } from './domaines-table.js'
import { metiersTable } from './metiers-table.js'
import { profilesTable } from './profiles-table.js'

export interface Coded {
  readonly code: string
  readonly libelle: string
}

/** A métier that the simulation recruits for; pay in gross euros a month. */
export interface Profile {
  readonly metier: Coded
  readonly qualifications: readonly string[]
  readonly pay: readonly [from: number, to: number]
  readonly nafs: readonly string[]
  readonly traits: ReadonlySet<string>
  readonly appellations: readonly Coded[]
  readonly competences: readonly Coded[]
}

export const metiers: readonly Coded[] = parseCoded(metiersTable.trim().split('\n'))
export const domaines: readonly Coded[] = parseCoded(domainesTable.trim().split('\n'))
export const profiles: readonly Profile[] = profilesTable.trim().split('\n').map(parseProfile)

/** Every appellation used, with the code of its métier. */
export const appellations: readonly (Coded & { readonly metier: Coded })[] = profiles.flatMap((profile) =>
  profile.appellations.map((appellation) => ({ ...appellation, metier: profile.metier })),
)

export const competences: readonly Coded[] = [
  ...new Map(profiles.flatMap((profile) => profile.competences.map((one) => [one.code, one]))).values(),
].sort((a, b) => Number(a.code) - Number(b.code))

export function metierOf(code: string): Coded {
  const found = metiers.find((metier) => metier.code === code)
  if (!found) throw new Error(`${code} is not a métier of the ROME`)
  return found
}

function parseCoded(lines: readonly string[]): readonly Coded[] {
  return lines.map((line) => {
    const space = line.indexOf(' ')
    return { code: line.slice(0, space), libelle: line.slice(space + 1) }
  })
}

function parseProfile(line: string): Profile {
  const [code = '', qualifications = '', pay = '', nafs = '', traits = '', named = '', skills = ''] = line.split('|')
  const [from = 0, to = 0] = pay.split('-').map(Number)
  return {
    metier: metierOf(code),
    qualifications: qualifications.split(','),
    pay: [from, to],
    nafs: nafs.split(','),
    traits: new Set(traits.replace('.', '')),
    appellations: parseCoded(named.split(';')),
    competences: parseCoded(skills.split(';')),
  }
}
