import type { Contract } from './contract.js'
import { missionsTable } from './missions-table.js'
import type { Random } from './random.js'
import type { Coded, Profile } from './rome.js'

export interface DescriptionContext {
  readonly profile: Profile
  readonly appellation: Coded
  readonly employer: string | undefined
  readonly place: string
  readonly contract: Contract
}

/** The text of an offer: who recruits, the tasks, the profile sought, the conditions. */
export function describeOffer(context: DescriptionContext, random: Random): string {
  const parts = [
    opening(context, random),
    tasks(context.profile, random),
    sought(random),
    closing(context.contract, random),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const missions: ReadonlyMap<string, readonly string[]> = new Map(
  missionsTable
    .trim()
    .split('\n')
    .map((line) => {
      const [domain = '', ...list] = line.split('|')
      return [domain, list]
    }),
)

function opening({ appellation, employer, place }: DescriptionContext, random: Random): string {
  const who = employer ?? random.pick(['Notre client', 'Une entreprise du secteur', 'Une structure locale'])
  return random.pick([
    `${who} recrute à ${place} : ${appellation.libelle}.`,
    `Pour renforcer son équipe de ${place}, ${named(employer, who)} cherche une personne au poste suivant : ${appellation.libelle}.`,
    `${who} vous propose de rejoindre son site de ${place} comme « ${appellation.libelle} ».`,
    `À la suite d'un départ en retraite, ${named(employer, who)} ouvre à ${place} un poste : « ${appellation.libelle} ».`,
  ])
}

function tasks(profile: Profile, random: Random): string {
  const list = missions.get(profile.metier.code.slice(0, 3))
  if (!list) throw new Error(`no tasks are written for ${profile.metier.code}`)
  const kept = random.some(list, random.int(2, 3)).map((task) => `- ${task}`)
  return `${random.pick(['Vos missions :', 'Au quotidien :', 'Vous serez amené(e) à :', 'Le poste :'])}\n${kept.join('\n')}`
}

function sought(random: Random): string {
  return random.pick([
    'Vous aimez le travail en équipe et savez vous organiser.',
    '',
    '',
    'Ponctualité, soin et bonne humeur sont attendus.',
    "Débutants bienvenus : une formation est prévue à l'arrivée.",
    'Une première expérience réussie sur un poste proche serait un plus.',
    'Vous êtes autonome et à l’aise avec les outils numériques.',
    'Votre sens du contact fera la différence.',
    '',
  ])
}

function closing({ alternance, months }: Contract, random: Random): string {
  if (alternance) return `Contrat en alternance de ${months} mois, rythme à convenir avec le centre de formation.`
  if (months !== undefined)
    return random.pick([`Contrat de ${months} mois, renouvelable.`, `Durée : ${months} mois.`, ''])
  return random.pick(['Poste à pourvoir dès que possible.', 'Prise de poste souple selon vos disponibilités.', '', ''])
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** An employer's name keeps its capital inside a sentence. */
function named(employer: string | undefined, who: string): string {
  return employer ?? lower(who)
}
