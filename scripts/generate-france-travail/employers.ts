import type { Random } from './random.js'

const first = [
  'Ateliers',
  'Maison',
  'Groupe',
  'Comptoir',
  'Établissements',
  'Coopérative',
  'Société',
  'Compagnie',
  'Réseau',
  'Domaine',
]
const second = [
  'Aubépine',
  'Belle Rive',
  'Bois Clair',
  'Bruyère',
  'Cap Horizon',
  'Chênaie',
  'Clairière',
  'Colibri',
  'Cormoran',
  'Estuaire',
  'Falaise',
  'Genêt',
  'Grand Large',
  'Héron',
  'Hirondelle',
  'Jonquille',
  'Lavandin',
  'Libellule',
  'Lumen',
  'Marjolaine',
  'Mésange',
  'Mistral',
  'Noisetier',
  'Ondine',
  'Orée',
  'Passerelle',
  'Pierre Haute',
  'Pinède',
  'Primevère',
  'Quatre Vents',
  'Roselière',
  'Sarcelle',
  'Sillage',
  'Solstice',
  'Tilleul',
  'Trois Ponts',
  'Val Fleuri',
  'Vigie',
  'Voie Verte',
  'Zéphyr',
]
const third = [
  '',
  '',
  '',
  ' Services',
  ' & Associés',
  ' Développement',
  ' Ouest',
  ' Sud',
  ' Est',
  ' Atlantique',
  ' Méditerranée',
  ' Solidarités',
]

/** An invented name that no employer is meant to bear. */
export function employerName(random: Random): string {
  return `${random.pick(first)} ${random.pick(second)}${random.pick(third)}`
}

/** A host under `exemple.fr`, from an invented name. */
export function employerHost(name: string): string {
  return `${slug(name)}.exemple.fr`
}

export function slug(text: string): string {
  const plain = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** A number of the range that the regulator (ARCEP) keeps for fiction. */
export function fictionalPhone(random: Random): string {
  return `01 99 00 ${two(random.int(0, 99))} ${two(random.int(0, 99))}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
