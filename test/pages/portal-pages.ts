import type { ShownToken } from '#access'
import type { Language } from '#base'
import type { ApiVersion } from '#contract'
import { createPortal } from '#portal'
import { exampleApi, examplePlatform } from '../example/catalog.js'
import { platforms as shipped } from '../start/shipped-platforms.js'

const words = (text: string) => ({ fr: text, en: text })

/** Each kind of page as the portal answers it, with a catalogue of some size. */
export async function portalPages(
  language: Language,
  text: (said: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const portal = createPortal({ snapshot: () => catalogue(text) })
  const documented = createPortal({
    ...{
      snapshot: () => documentedCatalogue(text),
      addresses: { authorization: 'https://a.example', gateway: 'https://g.example' },
    },
    guides: 'docs/guides',
    sandboxAccess: () => ({ kind: 'token', token: 'un-jeton'.repeat(20) }),
    visitors: { give: async () => ({ kind: 'given', token: visitorToken }), addressOf: () => '' },
  })
  const get = async (path: string) => (await portal.request(path)).text()
  const documentation = async (path: string) => (await documented.request(`/${language}/apis/${path}`)).text()
  return new Map([
    ['documentation-platform', await documentation('api-particulier')],
    ['documentation-france-travail', await documentation('france-travail')],
    ['documentation-refused', await documentation('api-particulier/dss-quotient-familial/3?chosen=yes')],
    ['documentation-students', await documentation('api-particulier/etudiants/2')],
    ['documentation-job-seekers', await documentation('api-particulier/france-travail-statut/3')],
    ['documentation-offers', await documentation('france-travail/offresdemploi/2')],
    ['visitor-token', await (await documented.request(asking(language), { method: 'POST' }, {})).text()],
    ['home', await get(`/${language}`)],
    ['guides', await (await documented.request(`/${language}/guides`)).text()],
    ['guide', await (await documented.request(`/${language}/guides/integrator`)).text()],
    ['guide-sign-in', await (await documented.request(`/${language}/guides/sign-in`)).text()],
    ['problem', await get(`/problems/quota/api?language=${language}`)],
    ['not-found', await get(`/${language}/nowhere`)],
  ])
}

const asking = (language: Language) => `/${language}/apis/api-particulier/sandbox-token`

const visitorToken: ShownToken = {
  ...{ id: '3f89ba57-cc1b-4dcf-859b-616971aa4588', applicationId: 'visitors-api-particulier' },
  ...{ applicationName: 'Visiteurs', platform: 'api-particulier', environment: 'sandbox', title: 'Visiteur' },
  ...{ habilitationId: null, recipient: null, networks: [], callsPerMinute: null, state: 'live' },
  scopes: ['cnaf_quotient_familial', 'revenu_solidarite_active_majoration', 'men_statut_module_elementaire_formation'],
  rights: ['sphere-educative'],
  ...{
    createdAt: 0,
    expiresAt: 30 * 86_400_000,
    renewableFrom: 0,
    blockedAt: null,
    replacedBy: null,
    lastUsedAt: null,
  },
  token: 'eyJhbGciOiJIUzI1NiJ9.'.repeat(60),
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

/** The shipped platforms, whose texts are read from their files; what others write of them goes through `text`. */
function documentedCatalogue(text: (said: string) => string) {
  const reworded = (api: ApiVersion): ApiVersion => ({
    ...api,
    title: { fr: text(api.title.fr), en: text(api.title.en) },
    description: { fr: text(api.description.fr), en: text(api.description.en) },
    operations: api.operations.map((each) => ({
      ...each,
      definition: { ...each.definition, summary: text(each.definition.summary ?? each.id) },
    })),
    cases: (api.cases ?? []).map((each) => ({ ...each, title: text(each.title), params: { nom: text('nom') } })),
  })
  const platforms = new Map(shipped.map((platform) => [platform.id, platform]))
  const apis = shipped.flatMap((platform) => platform.apis.map(reworded))
  return { revision: 1, platforms, apis, applications: new Map() }
}
