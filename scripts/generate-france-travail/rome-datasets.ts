import { contextesTable } from './contextes-table.js'
import { type GeneratedFile, jsonLines } from './dataset.js'
import { missionsTable } from './missions-table.js'
import { appellations, type Coded, competences, domaines, metiers, type Profile, profiles } from './rome.js'

/** The datasets of the four ROME APIs. */
export function romeDatasets(apis: string): readonly GeneratedFile[] {
  return [
    jsonLines(`${apis}/rome-metiers/1/data/metiers.jsonl`, metiers.map(metierRow)),
    jsonLines(`${apis}/rome-metiers/1/data/appellations.jsonl`, appellations.map(appellationRow)),
    jsonLines(`${apis}/rome-fiches-metiers/1/data/fiches.jsonl`, metiers.map(ficheRow)),
    jsonLines(`${apis}/rome-competences/1/data/competences.jsonl`, competences.map(savoirRow)),
    jsonLines(`${apis}/rome-competences/1/data/macro-savoir-faire.jsonl`, macroSavoirFaire()),
    jsonLines(`${apis}/rome-contextes-travail/1/data/contextes-travail.jsonl`, contextes()),
  ]
}

function metierRow(metier: Coded): unknown {
  const grand = named(metier.code.slice(0, 1))
  const own = appellations
    .filter((one) => one.metier.code === metier.code)
    .map(({ code, libelle }) => ({ code, libelle }))
  return {
    ...metier,
    domaineProfessionnel: { ...named(metier.code.slice(0, 3)), grandDomaine: grand },
    appellations: own,
  }
}

function appellationRow({ code, libelle, metier }: (typeof appellations)[number]): unknown {
  return { code, libelle, libelleCourt: libelle, metier }
}

function ficheRow(metier: Coded): unknown {
  const profile = profiles.find((one) => one.metier.code === metier.code)
  const skills = tasksOf(metier.code.slice(0, 3))
  const groupesCompetencesMobilisees = skills.length
    ? [{ enjeu: named(metier.code.slice(0, 3)), competences: skills }]
    : []
  return { code: metier.code, metier, groupesCompetencesMobilisees, groupesSavoirs: savoirs(profile) }
}

function savoirs(profile: Profile | undefined): readonly unknown[] {
  if (!profile) return []
  return [
    { categorieSavoirs: { code: 'S1', libelle: 'Savoirs théoriques et procéduraux' }, savoirs: profile.competences },
  ]
}

function savoirRow(competence: Coded): unknown {
  return { type: 'SAVOIR', ...competence }
}

/** Our own wording and numbering: the real macro-savoir-faire are not in the open data this was written from. */
function macroSavoirFaire(): readonly unknown[] {
  return domaines
    .filter(({ code }) => code.length === 3)
    .flatMap(({ code }) =>
      tasksOf(code).map((task) => ({ type: 'MACRO-SAVOIR-FAIRE', ...task, domaineCompetence: named(code) })),
    )
}

const tasks = new Map(
  missionsTable
    .trim()
    .split('\n')
    .map((line) => {
      const [domain = '', ...list] = line.split('|')
      return [domain, list]
    }),
)

function tasksOf(domain: string): readonly Coded[] {
  return (tasks.get(domain) ?? []).map((libelle, index) => ({ code: `MSF-${domain}-${index + 1}`, libelle }))
}

function contextes(): readonly unknown[] {
  return contextesTable
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', categorie = '', libelle = ''] = line.split('|')
      return { code, libelle, categorie }
    })
}

function named(code: string): Coded {
  const found = domaines.find((domaine) => domaine.code === code)
  if (!found) throw new Error(`${code} is not a domaine of the ROME`)
  return found
}
