import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import {
  type ApiVersion,
  apiProjection,
  type Json,
  type Mistake,
  type Operation,
  type Persona,
  type Platform,
} from '#contract'
import { fieldValues } from '../simulation/field.js'
import { readSimulation } from '../simulation/read-simulation.js'
import { valueAt } from '../simulation/template.js'
import type { PeopleDeclaration } from './people-shape.js'
import { answerWith } from './persona-answer.js'
import type { PersonaDeclaration } from './persona-shape.js'

/** Holds what personas say against the contracts of the APIs that answer with it: for `portique check`. Simulations with mistakes of their own are left to `checkSimulations`. */
export async function checkPersonas(platforms: readonly Platform[]): Promise<readonly Mistake[]> {
  const found: Mistake[] = []
  for (const platform of platforms) for (const api of platform.apis) found.push(...(await checkApi(api, platform)))
  return found
}

async function checkApi(api: ApiVersion, platform: Platform): Promise<readonly Mistake[]> {
  if (Object.values(api.upstreams).includes('realm')) return claimMistakes(api, platform)
  if (api.source.kind !== 'folder') return []
  const file = join(api.source.folder, 'simulation.yaml')
  const text = await readFile(file, 'utf8').catch(() => null)
  const { declaration } = text === null ? { declaration: null } : readSimulation(file, text, api.operations)
  return Object.entries(declaration?.operations ?? {}).flatMap(([id, { persona, people }]) => {
    const operation = api.operations.find((each) => each.id === id || `${each.method} ${each.path}` === id)
    if (operation === undefined) return []
    if (people !== undefined) return searchMistakes(people, platform, file)
    return persona === undefined ? [] : answerMistakes(persona, { api, operation, platform })
  })
}

interface Around {
  readonly api: ApiVersion
  readonly operation: Operation
  readonly platform: Platform
}

function answerMistakes(declaration: PersonaDeclaration, { api, operation, platform }: Around): readonly Mistake[] {
  const faultsOf = faultFinder(operation, declaration.answer.status)
  return platform.personas.flatMap((persona) => {
    if (declaration.token === undefined && persona.realm !== api.realm) return []
    const { data } = declaration
    const value = valueAt(persona.data, data)
    if (value !== undefined)
      return faultsOf(bodyOf(declaration, value)).map((fault) =>
        told(platform, persona, `data.${data} breaks the contract of "${api.id}"${fault}`),
      )
    return declaration.missing === undefined && declaration.token === undefined
      ? [told(platform, persona, `data.${data} is missing, which "${api.id}" answers with`)]
      : []
  })
}

/** Where the realm answers with what it knows of a person: all of it that the contract names. */
function claimMistakes(api: ApiVersion, platform: Platform): readonly Mistake[] {
  const scopes = new Set([...api.scopes.production, ...(api.dataScopes ?? [])])
  const projection = apiProjection(api)
  return api.operations.flatMap((operation) => {
    const shown = projection(operation)?.answer(200, 'application/json')
    if (typeof shown !== 'function') return []
    const faultsOf = faultFinder(operation, 200)
    return platform.personas
      .filter(({ realm }) => realm === api.realm)
      .flatMap((persona) => {
        const seen = shown({ ...persona.claims, sub: persona.sub }, scopes)
        const faults = 'misfit' in seen ? [`: ${seen.misfit}`] : faultsOf(seen.body)
        return faults.map((fault) => told(platform, persona, `claims breaks the contract of "${api.id}"${fault}`))
      })
  })
}

const told = ({ folder }: Platform, { id }: Persona, reason: string): Mistake => ({
  file: join(folder, 'personas', `${id}.yaml`),
  line: 1,
  column: 1,
  reason,
  mend: 'Correct the persona, or the contract.',
})

function bodyOf(declaration: PersonaDeclaration, value: Json): unknown {
  const { body } = answerWith(declaration, value)
  return body instanceof Uint8Array ? JSON.parse(Buffer.from(body).toString('utf8')) : undefined
}

/** Where a body breaks the schema of this answer, as ` at "a.b": reason`. */
function faultFinder({ definition }: Operation, status: number): (body: unknown) => readonly string[] {
  const content = Object.entries(definition.responses?.[String(status)]?.content ?? {})
  const schema = content.find(([type]) => /\bjson\b/i.test(type))?.[1].schema
  if (schema === undefined) return () => [`: it declares no JSON answer ${status}`]
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false })
  addFormats.default(ajv)
  const valid = ajv.compile(schema)
  return (body) =>
    valid(body)
      ? []
      : (valid.errors ?? []).map(({ instancePath, message, params }) => {
          const extra: unknown = params.additionalProperty
          const place = `${instancePath.slice(1).replaceAll('/', '.')}${extra === undefined ? '' : ` (${String(extra)})`}`
          return `${place === '' ? '' : ` at "${place}"`}: ${message ?? 'wrong'}`
        })
}

/** A place that no person has is a slip of the pen. */
function searchMistakes(
  { by, parameters }: PeopleDeclaration,
  { personas }: Platform,
  file: string,
): readonly Mistake[] {
  return Object.entries(by).flatMap(([name, path]) => {
    const reason = !Object.hasOwn(parameters, name)
      ? `"by" names the parameter "${name}", which is not declared`
      : personas.some(({ data }) => fieldValues(data, path).length > 0)
        ? null
        : `no persona has data.${path}`
    return reason === null ? [] : [{ file, line: 1, column: 1, reason, mend: 'Correct the name, or the personas.' }]
  })
}
