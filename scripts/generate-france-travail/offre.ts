import { drawContract } from './contract.js'
import { describeOffer } from './description.js'
import { employerHost, employerName, fictionalPhone } from './employers.js'
import type { Commune } from './geography.js'
import { nafLabel } from './naf.js'
import { pays, qualifications, themes } from './nomenclatures.js'
import { drawPay } from './pay.js'
import type { Random } from './random.js'
import { drawRequirements } from './requirements.js'
import type { Profile } from './rome.js'
import { drawWorkingTime } from './working-time.js'

export interface OffreSource {
  readonly id: string
  readonly profile: Profile
  /** Where the work is; a country's code when it is abroad. */
  readonly place: Commune | string
}

/** An offer as the wire shows it, and the facts that the search needs and the wire does not show. */
export interface Offre {
  readonly wire: Readonly<Record<string, unknown>>
  readonly recherche: Readonly<Record<string, unknown>>
}

export function drawOffre({ id, profile, place }: OffreSource, random: Random): Offre {
  const appellation = random.pick(profile.appellations)
  const employer = random.chance(0.08) ? undefined : employerName(random)
  const contract = drawContract(profile, random)
  const time = drawWorkingTime(profile, random)
  const pay = drawPay(profile, contract, random)
  const asked = drawRequirements(profile, contract, random)
  const qualification = random.pick(qualifications.filter(({ code }) => profile.qualifications.includes(code)))
  const codeNAF = random.pick(profile.nafs)
  const where = locate(place)
  const adapted = random.chance(0.03)
  const origin = drawOrigin(id, random)
  const full = {
    id,
    intitule: random.chance(0.7) ? `${appellation.libelle} (H/F)` : appellation.libelle,
    description: describeOffer({ profile, appellation, employer, place: where.name, contract }, random),
    ...drawDates(random),
    lieuTravail: where.lieuTravail,
    romeCode: profile.metier.code,
    romeLibelle: profile.metier.libelle,
    appellationlibelle: appellation.libelle,
    entreprise: drawEmployer(employer, adapted, random),
    typeContrat: contract.type.code,
    typeContratLibelle: contract.label,
    natureContrat: contract.nature.libelle,
    ...asked.wire,
    ...(pay ? { salaire: pay.salaire } : {}),
    dureeTravailLibelle: time.libelle,
    dureeTravailLibelleConverti: time.converti,
    ...drawConditions(random),
    alternance: contract.alternance,
    ...drawContact(employer, origin.partner, random),
    nombrePostes: random.weighted([
      [85, 1],
      [9, 2],
      [3, 3],
      [2, 5],
      [1, 10],
    ]),
    accessibleTH: adapted || random.chance(0.12),
    ...drawTravel(profile, random),
    qualificationCode: qualification.code,
    qualificationLibelle: qualification.libelle,
    codeNAF,
    secteurActivite: codeNAF.slice(0, 2),
    secteurActiviteLibelle: nafLabel(codeNAF),
    ...(random.chance(0.3) ? { trancheEffectifEtab: random.pick(sizes) } : {}),
    origineOffre: origin.wire,
    offresManqueCandidats: random.chance(0.15),
    ...drawContext(profile, time.horaires, random),
    entrepriseAdaptee: adapted,
    employeurHandiEngage: random.chance(0.08),
  }
  const recherche = {
    id,
    appellation: appellation.code,
    ...where.recherche,
    natureContrat: contract.nature.code,
    experience: asked.experience,
    ...(asked.permis.length ? { permis: asked.permis } : {}),
    ...(asked.niveauFormation ? { niveauFormation: asked.niveauFormation } : {}),
    ...(pay?.monthly ? { salaireMensuelMax: pay.monthly[1] } : {}),
    tempsPlein: time.fullTime,
    dureeHebdoMinutes: time.minutes,
    ...(contract.months === undefined ? {} : { dureeContratMois: contract.months }),
    ...drawThemes(profile),
    ...(origin.partner ? { partenaire: origin.partner } : {}),
    ...(random.chance(0.04) ? { offresMRS: true } : {}),
  }
  return { wire: withGaps(full, random), recherche }
}

const sizes = [
  '0 salarié',
  '1 ou 2 salariés',
  '3 à 5 salariés',
  '6 à 9 salariés',
  '10 à 19 salariés',
  '20 à 49 salariés',
  '50 à 99 salariés',
  '100 à 199 salariés',
  '250 à 499 salariés',
]

/** Everything but the id may be missing on the wire. */
const optional = [
  'romeLibelle',
  'appellationlibelle',
  'dureeTravailLibelle',
  'dureeTravailLibelleConverti',
  'qualificationCode',
  'codeNAF',
  'entreprise',
  'contexteTravail',
  'nombrePostes',
]

function withGaps(full: Record<string, unknown>, random: Random): Record<string, unknown> {
  const dropped = random.chance(0.12) ? random.some(optional, random.int(1, 3)) : []
  const also = dropped.includes('qualificationCode') ? [...dropped, 'qualificationLibelle'] : dropped
  return Object.fromEntries(Object.entries(full).filter(([key]) => !also.includes(key)))
}

function locate(place: Commune | string): {
  name: string
  lieuTravail: Record<string, unknown>
  recherche: Record<string, unknown>
} {
  if (typeof place === 'string') {
    const libelle = pays.find(({ code }) => code === place)?.libelle ?? place
    return { name: libelle, lieuTravail: { libelle }, recherche: { pays: place } }
  }
  const { code, nom, codePostal, departement, region, latitude, longitude } = place
  const lieuTravail = { libelle: `${departement} - ${nom}`, latitude, longitude, codePostal, commune: code }
  return { name: nom, lieuTravail, recherche: { departement, region, pays: 'EU01' } }
}

/** Ages are durations before now, so that the offers stay fresh. */
function drawDates(random: Random): { dateCreation: string; dateActualisation: string } {
  const minutes = Math.floor(random.next() ** 2.2 * 75 * 24 * 60) + 5
  const updated = random.chance(0.6) ? minutes : Math.floor(minutes * random.next()) + 5
  return { dateCreation: ago(minutes), dateActualisation: ago(Math.min(minutes, updated)) }
}

export function ago(minutes: number): string {
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const time = `${hours ? `${hours}H` : ''}${minutes % 60 ? `${minutes % 60}M` : ''}`
  return `-P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

function drawEmployer(name: string | undefined, entrepriseAdaptee: boolean, random: Random): Record<string, unknown> {
  if (!name) return { entrepriseAdaptee }
  const host = employerHost(name)
  const text = random.chance(0.12) ? { description: random.pick(portraits) } : {}
  const logo = random.chance(0.2) ? { logo: `https://${host}/logo.png` } : {}
  return { nom: name, ...text, ...logo, ...(random.chance(0.2) ? { url: `https://${host}` } : {}), entrepriseAdaptee }
}

const portraits = [
  'Structure familiale implantée depuis trois générations dans la région.',
  'Entreprise à taille humaine, attachée à la qualité de vie au travail.',
  'Acteur régional en croissance, présent sur plusieurs sites.',
  'Association engagée au service des habitants du territoire.',
]

function drawConditions(random: Random): Record<string, string> {
  return {
    ...(random.chance(0.1)
      ? { complementExercice: random.pick(['Port de charges', 'Véhicule de service', 'Télétravail partiel possible']) }
      : {}),
    ...(random.chance(0.05)
      ? { conditionExercice: random.pick(['Travail en extérieur', 'Station debout prolongée', 'Travail au froid']) }
      : {}),
  }
}

function drawContact(
  employer: string | undefined,
  partner: string | undefined,
  random: Random,
): Record<string, unknown> {
  if (partner || random.chance(0.15)) return {}
  const host = employer ? employerHost(employer) : 'agence.exemple.fr'
  const nom = employer ?? 'Agence France Travail'
  const agency = { telephone: fictionalPhone(random), courriel: 'recrutement@agence.exemple.fr' }
  const way = random.weighted<Record<string, string>>([
    [5, { courriel: `emploi@${host}` }],
    [3, { urlPostulation: `https://${host}/emploi` }],
    [2, { telephone: fictionalPhone(random) }],
  ])
  return { contact: { nom, ...way }, ...(random.chance(0.15) ? { agence: agency } : {}) }
}

function drawTravel({ traits }: Profile, random: Random): Record<string, string> {
  const [deplacementCode, deplacementLibelle] = random.weighted<readonly [string, string]>([
    [traits.has('r') ? 1 : 12, ['1', 'Jamais']],
    [2, ['2', 'Ponctuels']],
    [traits.has('r') ? 5 : 1, ['3', 'Fréquents']],
    [traits.has('r') ? 6 : 0.5, ['4', 'Quotidiens']],
  ])
  return random.chance(0.3) ? { deplacementCode, deplacementLibelle } : {}
}

const partners = [
  { code: 'EMPLOIPROCHE', nom: 'Emploi Proche' },
  { code: 'JOBVIF', nom: 'Job Vif' },
  { code: 'CARRIERELOCALE', nom: 'Carrière Locale' },
  { code: 'INTERIMCLAIR', nom: 'Intérim Clair' },
]

function drawOrigin(id: string, random: Random): { partner?: string; wire: Record<string, unknown> } {
  const urlOrigine = `https://offres.exemple.fr/detail/${id}`
  if (/[A-Z]/.test(id)) return { wire: { origine: '1', urlOrigine } }
  const { code, nom } = random.pick(partners)
  const host = `${code.toLowerCase()}.exemple.fr`
  const partenaires = [{ nom, url: `https://${host}/offre/${id}` }]
  return { partner: code, wire: { origine: '2', urlOrigine, partenaires } }
}

function drawThemes({ metier }: Profile): { themes?: readonly string[] } {
  const kept = themes.filter(({ metiers }) => metiers.some((prefix) => metier.code.startsWith(prefix)))
  return kept.length ? { themes: kept.map(({ code }) => code) } : {}
}

function drawContext({ traits }: Profile, horaires: readonly string[], random: Random): Record<string, unknown> {
  const conditions = traits.has('h') ? { conditionsExercice: ['En hauteur'] } : {}
  return random.chance(0.4) ? { contexteTravail: { horaires, ...conditions } } : {}
}
