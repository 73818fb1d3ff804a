import { drawAgences } from './agences.js'
import { drawOffices } from './bonne-boite.js'
import { type GeneratedFile, jsonLines } from './dataset.js'
import { drawEvenements, drawSalons } from './evenements.js'
import { readGeography } from './geography.js'
import { drawOffres } from './offres.js'
import { communePlaces, referentiels } from './referentiels.js'
import { romeDatasets } from './rome-datasets.js'
import { statistiques, territoires } from './statistiques.js'

/** Every generated file of the platform, paths relative to its folder: the same bytes at each run. */
export function generateFranceTravail(): readonly GeneratedFile[] {
  const geography = readGeography()
  const offres = drawOffres(geography)
  const offers = 'apis/offresdemploi/2/data'
  const market = 'apis/stats-offres-demandes-emploi/1/data'
  return [
    jsonLines(
      `${offers}/offres.jsonl`,
      offres.map(({ wire }) => wire),
    ),
    jsonLines(
      `${offers}/offres-recherche.jsonl`,
      offres.map(({ recherche }) => recherche),
    ),
    communePlaces(offers, geography),
    ...referentiels(offers, geography),
    ...romeDatasets('apis'),
    jsonLines('apis/referentielagences/1/data/agences.jsonl', drawAgences(geography)),
    jsonLines('apis/evenements/1/data/evenements.jsonl', drawEvenements(geography, 150)),
    jsonLines('apis/evenements/1/data/salons.jsonl', drawSalons(12)),
    jsonLines('apis/labonneboite/2/data/offices.jsonl', drawOffices(geography, 1500)),
    jsonLines(`${market}/statistiques.jsonl`, statistiques(geography)),
    jsonLines(`${market}/territoires.jsonl`, territoires(geography)),
  ]
}
