import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { formatPath, type Json, type JsonObject, type Operation, type Platform } from '#contract'

/** A file of the tree, and the call that it answers. */
export interface WrittenCase {
  readonly file: string
  /** Whole path behind the host, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly params: JsonObject
  readonly status: number
  readonly payload: Json
}

const statuses = [200, 200, 200, 404, 200, 422, 429, 200, 500, 502, 503, 504, 409, 403]
const accents = ['Éloïse', "D'Ailly", 'Le Guennec', 'Ÿves', 'Noël', 'Šárka', 'Ænor', 'Çelik', 'Strauß', 'João']
const recipient = '13002526500013'

/**
 * Writes a tree in the format of the public staging data, all of it invented: one folder an operation, `perFolder` YAML files in each and a
 * 404.yaml, and the notes and summaries that lie between them. The payloads are JSON in a text, and go beyond the contract as real ones do.
 */
export async function writeCaseFolder(
  root: string,
  platform: Platform,
  perFolder: number,
): Promise<readonly WrittenCase[]> {
  const written: WrittenCase[] = []
  for (const api of platform.apis)
    for (const operation of api.operations) {
      const [folder] = operation.definition['x-case-folders'] ?? []
      if (folder === undefined) continue
      await mkdir(join(root, folder), { recursive: true })
      await writeFile(join(root, folder, 'README.md'), `# ${folder}\n\nInvented.\n`)
      await writeFile(join(root, folder, 'summary.csv'), 'file;status\n')
      await writeFile(join(root, folder, '404.yaml'), unknownPerson(folder))
      for (let index = 0; index < perFolder; index += 1) {
        const one = inventedCase(operation, index)
        const file = `${folder}/cas_${String(index).padStart(3, '0')}.yaml`
        await writeFile(join(root, file), fileOf(one, index))
        const path = formatPath(platform.path, api, { environment: 'sandbox', resource: operation.path })
        written.push({ ...one, file, path, query: queryOf(one.params, operation) })
      }
    }
  return written
}

const unknownPerson = (folder: string) =>
  `---\ntitle: Personne inconnue\nparams: { nom: personne }\nstatus: 404\npayload: |-\n  ${JSON.stringify({ inconnu: folder })}\n`

function inventedCase(operation: Operation, index: number): Pick<WrittenCase, 'params' | 'status' | 'payload'> {
  const params: Record<string, Json> = {}
  const named = (operation.definition.parameters ?? []).filter(({ name }) => name.trim() !== 'recipient')
  for (const [place, parameter] of named.entries()) {
    if ((place + index) % 3 === 2 && parameter.required !== true) continue
    const name = parameter.name.replace(/\[\]$/, '').trim()
    params[name] = parameter.schema?.type === 'array' ? [invented(index), 'Jean-Noël'] : inventedValue(parameter, index)
  }
  params.recipient = index % 5 === 0 ? recipient : null
  const [name = 'nom'] = Object.keys(params)
  // Each file of a folder calls for something else.
  params[name] = Array.isArray(params[name]) ? [...(params[name] as Json[]), `${index}`] : `${invented(index)}-${index}`
  return { params, status: statuses[index % statuses.length] ?? 200, payload: inventedPayload(index) }
}

const invented = (index: number) => accents[index % accents.length] ?? 'Éloïse'

function inventedValue({ example }: { readonly example?: Json }, index: number): Json {
  if (typeof example === 'number') return index % 2 === 0 ? example : String(example)
  return typeof example === 'string' ? example : index
}

const inventedPayload = (index: number): Json => ({
  data: { nom: invented(index), hors_contrat: [index, null, { clé: 'à 100 %' }], vide: {} },
  links: {},
  meta: { numero: index },
})

/** Some with a title, some with a description, some bare; with a document mark or without. */
function fileOf({ params, status, payload }: Pick<WrittenCase, 'params' | 'status' | 'payload'>, index: number) {
  const { recipient: told, ...others } = params
  const head = [{ title: `Cas ${index}` }, { description: `Cas ${index}\nà deux lignes` }, {}][index % 3] ?? {}
  const whole = { ...head, params: told === null ? others : params, status, payload: JSON.stringify(payload, null, 2) }
  return `${index % 2 === 0 ? '---\n' : ''}${stringify(whole)}`
}

function queryOf(params: JsonObject, { definition }: Operation): URLSearchParams {
  const query = new URLSearchParams({ recipient })
  for (const [name, value] of Object.entries(params)) {
    if (name === 'recipient') continue
    const spelled = (definition.parameters ?? []).find((each) => each.name.replace(/\[\]$/, '') === name)?.name ?? name
    for (const each of Array.isArray(value) ? value : [value]) query.append(spelled, String(each))
  }
  return query
}
