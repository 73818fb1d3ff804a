import { type GeneratedFile, jsonRows } from './dataset.js'
import type { Geography } from './geography.js'
import { nafs, secteurs } from './naf.js'
import {
  continents,
  langues,
  naturesContrats,
  niveauxFormations,
  pays,
  permis,
  themes,
  typesContrats,
} from './nomenclatures.js'
import { appellations, domaines, metiers } from './rome.js'

/** The sixteen referentials of job offers, as `/referentiel/<name>` answers them. */
export function referentiels(folder: string, geography: Geography): readonly GeneratedFile[] {
  const lists: Readonly<Record<string, readonly unknown[]>> = {
    appellations: appellations.map(({ code, libelle }) => ({ code, libelle })),
    nafs,
    communes: communeRows(geography),
    continents,
    departements: geography.departements.map(({ code, nom, region }) => ({
      code,
      libelle: nom,
      region: regionRow(geography, region),
    })),
    domaines,
    langues,
    metiers,
    naturesContrats,
    niveauxFormations,
    pays: pays.map(({ code, libelle }) => ({ code, libelle, codeContinent: code.slice(0, 2) })),
    permis,
    regions: geography.regions.map(({ code, nom }) => ({ code, libelle: nom })),
    secteursActivites: secteurs,
    themes: themes.map(({ code, libelle }) => ({ code, libelle })),
    typesContrats,
  }
  return Object.entries(lists).map(([name, rows]) => jsonRows(`${folder}/referentiel-${name}.json`, rows))
}

/** Places of the communes, for the distance search: one pair a commune, latitude then longitude in degrees. */
export function communePlaces(folder: string, { communes }: Geography): GeneratedFile {
  const rows = communes.map(({ code, latitude, longitude }) => `${JSON.stringify(code)}:[${latitude},${longitude}]`)
  return { path: `${folder}/communes-coordonnees.json`, content: `{\n${rows.join(',\n')}\n}\n` }
}

function communeRows({ communes }: Geography): readonly unknown[] {
  return communes.map(({ code, nom, codePostal, departement }) => ({
    code,
    libelle: nom,
    codePostal,
    codeDepartement: departement,
  }))
}

function regionRow({ regions }: Geography, code: string): { code: string; libelle: string } {
  return { code, libelle: regions.find((region) => region.code === code)?.nom ?? '' }
}
