import { slug } from './employers.js'
import type { Commune, Geography } from './geography.js'
import { createRandom, type Random } from './random.js'

const agencesCount = 200

/** Agencies in every département's chef-lieu and in the largest communes; each commune belongs to one agency's zone. */
export function drawAgences(geography: Geography): readonly unknown[] {
  const random = createRandom('agences')
  const seats = chooseSeats(geography)
  const zones = zonesOf(geography, seats)
  return seats.map((seat, index) => agence(seat, { rank: index + 1, zone: zones.get(seat.code) ?? [] }, random))
}

function chooseSeats({ communes, departements }: Geography): readonly Commune[] {
  const chefsLieux = new Set(departements.map(({ chefLieu }) => chefLieu))
  const first = communes.filter(({ code }) => chefsLieux.has(code))
  const whole = communes.filter(({ code }) => !chefsLieux.has(code) && !/^(751|6938|132)/.test(code))
  const next = whole.toSorted((a, b) => b.population - a.population).slice(0, agencesCount - first.length)
  return [...first, ...next]
}

function zonesOf({ communes }: Geography, seats: readonly Commune[]): ReadonlyMap<string, readonly string[]> {
  const zones = new Map<string, string[]>(seats.map(({ code }) => [code, []]))
  for (const commune of communes) {
    const near = seats.filter(({ departement }) => departement === commune.departement)
    const seat = near.toSorted((a, b) => distance(a, commune) - distance(b, commune))[0]
    if (seat) zones.get(seat.code)?.push(commune.code)
  }
  return zones
}

/** Squared degrees: enough to compare places of one département. */
function distance(a: Commune, b: Commune): number {
  return (a.latitude - b.latitude) ** 2 + (a.longitude - b.longitude) ** 2
}

function agence(seat: Commune, { rank, zone }: { rank: number; zone: readonly string[] }, random: Random): unknown {
  const code = `${seat.region.slice(0, 2)}A${String(rank).padStart(4, '0')}`
  const libelle = `${seat.nom} ${random.pick(['Centre', 'Gare', 'Nord', 'Sud', 'Rives', 'Hauts'])}`
  const street = `${random.int(1, 180)} ${random.pick(['rue de la Gare', 'avenue des Tilleuls', 'place du Marché', 'rue des Écoles', 'boulevard du Parc'])}`
  return {
    code,
    codeSafir: String(10000 + rank * 37),
    libelle,
    libelleEtendu: `Agence France Travail ${libelle}`,
    type: rank % 40 === 0 ? 'APES' : 'APE',
    typeAccueil: String(random.int(1, 3)),
    dispositifADEDA: random.chance(0.3),
    contact: { telephonePublic: '01 99 00 39 49', email: `${slug(libelle)}@agence.exemple.fr` },
    codeRegionINSEE: seat.region,
    adressePrincipale: {
      ligne4: street,
      ligne6: `${seat.codePostal} ${seat.nom}`,
      gpsLat: seat.latitude,
      gpsLon: seat.longitude,
      communeImplantation: seat.code,
      bureauDistributeur: seat.codePostal,
    },
    horaires: week(random),
    zoneCompetences: zone.map((communeInsee) => ({ communeInsee })),
  }
}

function week(random: Random): readonly unknown[] {
  const ouvertureMatin = random.pick(['08:30', '08:45', '09:00'])
  return [1, 2, 3, 4, 5].map((jour) =>
    jour === 4
      ? { jour, horaireEnContinu: 'N', horaireFerme: 'N', ouvertureMatin, fermetureMatin: '12:15' }
      : {
          jour,
          horaireEnContinu: 'N',
          horaireFerme: 'N',
          ouvertureMatin,
          fermetureMatin: '12:30',
          ouvertureApresMidi: '13:30',
          fermetureApresMidi: '16:30',
        },
  )
}
