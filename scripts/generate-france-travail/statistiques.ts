import type { Geography } from './geography.js'
import { hash } from './random.js'
import { type Coded, domaines } from './rome.js'

interface Territory extends Coded {
  readonly type: 'NAT' | 'REG' | 'DEP'
  readonly population: number
}

/** Per indicator: the code on the wire and how many per thousand inhabitants a quarter, roughly. */
const indicators = [
  { operation: 'stat-offres', code: 'OFF_1', perThousand: 14 },
  { operation: 'stat-demandeurs', code: 'DEM_1', perThousand: 82 },
  { operation: 'stat-demandeurs-entrant', code: 'DEM_2', perThousand: 21 },
  { operation: 'stat-embauches', code: 'EMB_1', perThousand: 95 },
  { operation: 'stat-perspective-employeur', code: 'PERSP_2', perThousand: 36 },
] as const

const quarters = ['2025T3', '2025T4', '2026T1', '2026T2'] as const

/** Values per indicator, territory and quarter; by grand domaine for the last quarter and the régions. */
export function statistiques(geography: Geography): readonly unknown[] {
  const territories = territoriesOf(geography)
  const everything: Coded = { code: 'CUMUL', libelle: 'Ensemble des métiers' }
  const grands = domaines.filter(({ code }) => code.length === 1)
  return indicators.flatMap((indicator) => [
    ...territories.flatMap((territory) =>
      quarters.map((quarter) => row({ indicator, territory, quarter, activity: everything })),
    ),
    ...territories
      .filter(({ type }) => type !== 'DEP')
      .flatMap((territory) => grands.map((activity) => row({ indicator, territory, quarter: '2026T2', activity }))),
  ])
}

/** Territories of one type, as `/referentiel/territoires/{type}` answers them. */
export function territoires(geography: Geography): readonly unknown[] {
  return territoriesOf(geography).map(({ type, code, libelle }) => ({
    codeTypeTerritoire: type,
    codeTerritoire: code,
    libelleTerritoire: libelle,
  }))
}

function territoriesOf({ communes, departements, regions }: Geography): readonly Territory[] {
  const people = (keep: (commune: Geography['communes'][number]) => boolean) =>
    communes.filter(keep).reduce((sum, { population }) => sum + population, 0)
  const whole = (code: string) => !/^(751|6938|132)/.test(code)
  return [
    { type: 'NAT', code: 'FR', libelle: 'France', population: people(({ code }) => whole(code)) },
    ...regions.map(({ code, nom }) => ({
      type: 'REG' as const,
      code,
      libelle: nom,
      population: people((one) => one.region === code && whole(one.code)),
    })),
    ...departements.map(({ code, nom }) => ({
      type: 'DEP' as const,
      code,
      libelle: nom,
      population: people((one) => one.departement === code && whole(one.code)),
    })),
  ]
}

interface Cell {
  readonly indicator: (typeof indicators)[number]
  readonly territory: Territory
  readonly quarter: string
  readonly activity: Coded
}

function row({ indicator, territory, quarter, activity }: Cell): unknown {
  const share = activity.code === 'CUMUL' ? 1 : 0.02 + wobble(`share ${activity.code}`) * 0.1
  const season = 0.9 + wobble(`${indicator.code} ${territory.code} ${quarter} ${activity.code}`) * 0.2
  return {
    operation: indicator.operation,
    codeIndicateur: indicator.code,
    codeTypeTerritoire: territory.type,
    codeTerritoire: territory.code,
    libTerritoire: territory.libelle,
    codeTypeActivite: activity.code === 'CUMUL' ? 'CUMUL' : 'GRANDDOM',
    codeActivite: activity.code,
    libActivite: activity.libelle,
    codeTypePeriode: 'TRIMESTRE',
    codePeriode: quarter,
    libPeriode: `${quarter.slice(5)}${quarter.endsWith('1') ? 'er' : 'e'} trimestre ${quarter.slice(0, 4)}`,
    valeurPrincipaleNombre: Math.round((territory.population / 1000) * indicator.perThousand * share * season),
    datMaj: '-P20D',
  }
}

function wobble(seed: string): number {
  return hash(seed) / 4294967296
}
