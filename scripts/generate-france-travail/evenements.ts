import { employerName } from './employers.js'
import type { Commune, Geography } from './geography.js'
import { createRandom, type Random } from './random.js'
import { type Profile, profiles } from './rome.js'

/** Job events of the months to come; dates are durations after now. */
export function drawEvenements(geography: Geography, count: number): readonly unknown[] {
  const random = createRandom('evenements')
  const towns = geography.communes.filter(
    ({ population, code }) => population > 20_000 && !/^(751|6938|132)/.test(code),
  )
  return Array.from({ length: count }, (_, index) => evenement(500_001 + index * 7, random.pick(towns), random))
}

/** Online fairs: no place, a span of days. */
export function drawSalons(count: number): readonly unknown[] {
  const random = createRandom('salons')
  return Array.from({ length: count }, (_, index) => {
    const start = random.int(1, 60)
    const titre = `Salon en ligne ${random.pick(fields)}`
    return {
      id: 9001 + index,
      titre,
      dateDebut: `P${start}D`,
      dateFin: `P${start + random.int(3, 20)}D`,
      nombreOffres: random.int(20, 900),
      urlSalonEnLigne: `https://salons.exemple.fr/${9001 + index}`,
    }
  })
}

const fields = [
  'de la logistique',
  'du numérique',
  'du tourisme',
  'de la santé',
  'du bâtiment',
  "de l'industrie",
  'des services à la personne',
  'du commerce',
]
const types = ['Job dating', 'Forum', 'Atelier', "Réunion d'information", 'Salon', 'Visite d’entreprise']
const objectifs = ['Découvrir un métier ou un secteur', 'Trouver un emploi', 'Se former', 'Préparer sa candidature']

function evenement(id: number, town: Commune, random: Random): unknown {
  const profile = random.pick(profiles)
  const type = random.pick(types)
  const places = random.pick([10, 15, 20, 30, 50, 100])
  const start = random.int(8, 16)
  const booked = random.int(0, places)
  const online = random.chance(0.2)
  return {
    id,
    titre: `${type} : ${profile.metier.libelle}`,
    type,
    description: text(type, profile, random),
    objectifs: random.some(objectifs, random.int(1, 2)),
    publics: ["Demandeur d'emploi", 'Tout public'].slice(0, random.int(1, 2)),
    dateEvenement: `P${random.int(1, 75)}D`,
    heureDebut: `${two(start)}:${random.pick(['00', '30'])}`,
    heureFin: `${two(start + random.int(1, 3))}:45`,
    modalites: [online ? 'A distance' : 'En physique'],
    ...(online
      ? {}
      : {
          codePostal: town.codePostal,
          ville: town.nom,
          codeInsee: town.code,
          departement: town.departement,
          latitude: town.latitude,
          longitude: town.longitude,
        }),
    codesRome: [profile.metier.code],
    nombrePlacesTotales: places,
    nombrePlacesRestantes: places - booked,
    nombreInscrits: booked,
    deroulement: 'Accueil, présentation, échanges individuels.',
    organisme: random.chance(0.5) ? employerName(random) : `Agence France Travail ${town.nom}`,
    urlDetailEvenement: `https://evenements.exemple.fr/detail/${id}`,
  }
}

function text(type: string, { metier }: Profile, random: Random): string {
  return random.pick([
    `${type} consacré au métier « ${metier.libelle} » : venez avec votre CV.`,
    `Rencontrez des professionnels et posez vos questions sur le métier « ${metier.libelle} ».`,
    `Entretiens courts avec des employeurs qui recrutent : ${metier.libelle}.`,
  ])
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
