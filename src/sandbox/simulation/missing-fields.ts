import { type Dataset, loadDataset } from './dataset.js'
import { fieldReader } from './field.js'
import { createPause } from './pause.js'
import type { SimulationDeclaration } from './simulation-shape.js'

/** Fields that a simulation names and that no row of their dataset has: nearly always a slip of the pen. */
export async function missingFields(declaration: SimulationDeclaration, folder: string): Promise<readonly string[]> {
  const wanted = namedFields(declaration)
  const found: string[] = []
  for (const [name, fields] of wanted) {
    const own = declaration.datasets[name]
    if (own === undefined) continue
    const dataset = await loadDataset({ folder, declaration: own, anchor: 0, pause: createPause() })
    for (const field of fields)
      if (!present(dataset, field)) found.push(`no row of the dataset "${name}" has the field "${field}"`)
  }
  return found
}

function present({ rows }: Dataset, field: string): boolean {
  const read = fieldReader(field)
  return rows.length === 0 || rows.some((row) => read(row).length > 0)
}

type Named = Map<string, Set<string>>

function namedFields({ operations }: SimulationDeclaration): Named {
  const named: Named = new Map()
  const note = (dataset: string, ...fields: readonly string[]) => {
    const known = named.get(dataset) ?? new Set()
    named.set(dataset, known)
    for (const field of fields) known.add(field)
  }
  for (const { collection, prediction } of Object.values(operations)) {
    if (prediction !== undefined) note(prediction.dataset, ...prediction.among)
    if (collection === undefined) continue
    const keys = Object.values(collection.sort?.orders ?? {}).flat()
    note(collection.dataset, ...keys.filter((key) => !key.startsWith('$')).map((key) => key.replace(/^-/, '')))
    note(collection.dataset, ...Object.keys(collection.only), ...Object.values(collection.aggregations?.of ?? {}))
    for (const parameter of Object.values(collection.parameters)) noteParameter(note, collection.dataset, parameter)
  }
  return named
}

type Parameter = NonNullable<SimulationDeclaration['operations'][string]['collection']>['parameters'][string]

function noteParameter(
  note: (dataset: string, ...fields: string[]) => void,
  dataset: string,
  { known, filter }: Parameter,
) {
  if (known !== undefined) note(known.dataset, known.field)
  if (filter === undefined) return
  if (filter.by === 'words') note(dataset, ...Object.keys(filter.fields))
  else if (filter.by === 'equal' || filter.by === 'prefix') {
    note(dataset, ...filter.fields)
    for (const step of filter.through) note(step.dataset, step.where, step.take)
  } else if (filter.by === 'near') {
    note(dataset, filter.latitude, filter.longitude, ...(filter.same === undefined ? [] : [filter.same]))
    const { centre } = filter
    if ('dataset' in centre) note(centre.dataset, centre.key, centre.latitude, centre.longitude)
  } else note(dataset, filter.field)
}
