import type { Language } from '#base'
import { createPortal } from '#portal'
import { exampleApi, examplePlatform } from '../example/catalog.js'

const words = (text: string) => ({ fr: text, en: text })

/** The front page and the page for what does not exist, as the portal answers them, with a catalogue of some size. */
export async function portalPages(
  language: Language,
  text: (said: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const portal = createPortal({ snapshot: () => catalogue(text) })
  const get = async (path: string) => (await portal.request(path)).text()
  return new Map([
    ['home', await get(`/${language}`)],
    ['not-found', await get(`/${language}/nowhere`)],
  ])
}

function catalogue(text: (said: string) => string) {
  const said = (plain: string) => words(text(plain))
  const platforms = ['emploi', 'fiscalite', 'vide'].map((id) => ({
    ...examplePlatform(id, null),
    title: said(`Plateforme ${id}`),
  }))
  const apis = [
    'Offres d’emploi',
    'Statut de la personne',
    'Référentiel des agences',
    'Évènements',
    'Quotient familial',
  ]
    .entries()
    .map(([index, title]) => ({
      ...exampleApi(index % 3 === 2 ? 'fiscalite' : 'emploi', `code-d-une-api-au-nom-long-${index}`, '2'),
      title: said(title),
      description: said('Rechercher et lire les offres, une offre, et les référentiels de la recherche.'),
      access: {
        ...exampleApi('emploi', 'x', '1').access,
        consent: index === 1,
        personalData: true,
        approval: 'reviewed' as const,
      },
    }))
    .toArray()
  return {
    revision: 1,
    platforms: new Map(platforms.map((platform) => [platform.id, platform])),
    apis,
    applications: new Map(),
  }
}
