import { randomIdentifiers, silentLog } from '#base'
import { type ApiVersion, loadPlatforms, parseApi } from '#contract'
import type { Store } from '#storage'
import { createCaseStore } from './case-store.js'

const { platforms } = await loadPlatforms('platforms')
const demo = platforms.find(({ id }) => id === 'demo')
if (demo === undefined) throw new Error('no demo platform')
const { api, mistakes } = await parseApi({
  platform: demo,
  settings: { file: 'settings', value: { code: 'aides', version: '1', upstreams: { production: 'sandbox' } } },
  document: {
    file: 'openapi.yaml',
    text: `openapi: 3.1.0
info: { title: Aides, version: 1.0.0 }
paths:
  /aides:
    get:
      operationId: lireAide
      x-case-folders: [demo_aides]
      x-checks: [{ date: [annee, mois, jour], error: "00363" }]
      parameters:
        - { name: nom, in: query, required: true, schema: { type: string } }
        - { name: annee, in: query, schema: { type: integer } }
        - { name: mois, in: query, schema: { type: integer } }
        - { name: jour, in: query, schema: { type: integer } }
      responses:
        "200": { description: Une aide, content: { application/json: { schema: { type: object, properties: { montant: { type: integer } } } } } }
`,
  },
})
if (api === null) throw new Error(JSON.stringify(mistakes))
export const apis: readonly ApiVersion[] = [api]

/** A case store over one that is open. */
export const casesOf = (store: Store, known = apis, now = Date.now) =>
  createCaseStore({
    store,
    apis: () => known,
    platforms: () => new Map(platforms.map((platform) => [platform.id, platform])),
    identifiers: randomIdentifiers,
    now,
    log: silentLog,
  })
