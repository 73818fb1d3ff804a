import type { Contract } from './contract.js'
import { langues, niveauxFormations, permis, qualites } from './nomenclatures.js'
import type { Random } from './random.js'
import type { Coded, Profile } from './rome.js'

/** What an offer asks of a candidate, as it stands on the wire, and as the search needs it. */
export interface Requirements {
  readonly wire: Readonly<Record<string, unknown>>
  /** Search code: 0 not said, 1 under a year, 2 one to three years, 3 over three years, 4 five years or more. */
  readonly experience: string
  readonly permis: readonly string[]
  readonly niveauFormation?: string
}

export function drawRequirements(profile: Profile, contract: Contract, random: Random): Requirements {
  const experience = drawExperience(profile, contract, random)
  const licences = drawLicences(profile, random)
  const level = random.chance(0.3) ? drawLevel(profile, random) : undefined
  const wire = {
    ...experience.wire,
    ...(level ? { formations: [formation(level, profile, random)] } : {}),
    ...languages(profile, random),
    ...(licences.length ? { permis: licences.map(({ libelle }) => ({ libelle, exigence: demand(random) })) } : {}),
    ...(office(profile) && random.chance(0.5) ? { outilsBureautiques: random.some(tools, random.int(1, 2)) } : {}),
    ...(random.chance(0.65) ? { competences: drawSkills(profile, random) } : {}),
    ...(random.chance(0.25) ? { qualitesProfessionnelles: random.some(qualites, random.int(1, 2)) } : {}),
  }
  const codes = licences.map(({ code }) => code)
  return { wire, experience: experience.code, permis: codes, ...(level ? { niveauFormation: level.code } : {}) }
}

const tools = ['Traitement de texte', 'Tableur', 'Messagerie', 'Logiciel de présentation']

function demand(random: Random): 'E' | 'S' {
  return random.chance(0.55) ? 'E' : 'S'
}

function office({ metier }: Profile): boolean {
  return /^(C|E|M|D14|H12|F1[12]|K18|K19)/.test(metier.code)
}

function drawExperience(
  profile: Profile,
  contract: Contract,
  random: Random,
): { code: string; wire: Record<string, string> } {
  const beginner = contract.alternance
    ? 1
    : profile.qualifications.some((code) => code === '1' || code === '5')
      ? 0.7
      : 0.4
  if (random.chance(0.05)) return { code: '0', wire: { experienceExige: 'D' } }
  if (random.chance(beginner))
    return { code: '1', wire: { experienceExige: 'D', experienceLibelle: 'Débutant accepté' } }
  const [code, libelle] = random.weighted<readonly [string, string]>([
    [2, ['1', '6 Mois']],
    [3, ['2', '1 An(s)']],
    [4, ['2', '2 An(s)']],
    [2, ['3', '4 An(s)']],
    [profile.qualifications.includes('9') ? 3 : 1, ['4', '5 An(s)']],
  ])
  const wished = random.chance(0.3)
  const comment = random.chance(0.25) ? { experienceCommentaire: 'Sur un poste similaire' } : {}
  return {
    code,
    wire: {
      experienceExige: wished ? 'S' : 'E',
      experienceLibelle: wished ? `Expérience souhaitée de ${libelle}` : libelle,
      ...comment,
    },
  }
}

function drawLicences({ traits }: Profile, random: Random): readonly Coded[] {
  const codes = [
    ...(traits.has('c') ? [random.pick(['C', 'CE'])] : []),
    ...(traits.has('d') ? ['D'] : []),
    ...(random.chance(traits.has('p') ? 0.6 : 0.04) ? ['B'] : []),
    ...(random.chance(0.004) ? [random.pick(['AM', 'A1', 'A2', 'A', 'BE', 'C1', 'D1'])] : []),
  ]
  return permis.filter(({ code }) => codes.includes(code))
}

function drawLevel({ qualifications }: Profile, random: Random): Coded {
  const top = Number(qualifications.at(-1))
  const codes =
    top === 9
      ? ['NV2', 'NV1', 'NV1']
      : top >= 7
        ? ['NV4', 'NV3', 'NV3', 'NV2']
        : top >= 3
          ? ['NV5', 'NV5', 'NV4']
          : ['AFS', 'C3A', 'NV5']
  const code = random.pick(codes)
  return niveauxFormations.find((level) => level.code === code) ?? { code, libelle: code }
}

function formation(level: Coded, profile: Profile, random: Random): Record<string, string> {
  const domaineLibelle = profile.metier.libelle.toLowerCase()
  return { domaineLibelle, niveauLibelle: level.libelle, exigence: demand(random) }
}

function languages({ traits }: Profile, random: Random): Record<string, unknown> {
  if (!random.chance(traits.has('l') ? 0.35 : 0.02)) return {}
  const other = random.chance(0.25) ? [random.pick(langues)] : []
  const kept = new Set(['Anglais', ...other.map(({ libelle }) => libelle)])
  return { langues: [...kept].map((libelle) => ({ libelle, exigence: demand(random) })) }
}

function drawSkills({ competences }: Profile, random: Random): readonly Record<string, string>[] {
  return random.some(competences, random.int(1, 2)).map((skill) => ({ ...skill, exigence: demand(random) }))
}
