import { answer } from '../answer.js'
import type { Call } from '../call.js'
import { createAggregations } from './aggregation.js'
import { callPlaceholder } from './call-placeholder.js'
import type { Dataset } from './dataset.js'
import type { OperationContext, Prepared, Simulate } from './operation-context.js'
import type { CollectionDeclaration } from './operation-shape.js'
import { createPaging, type Part } from './paging.js'
import { isWrong } from './parameter-reader.js'
import { createParametersReader } from './parameters.js'
import { createRowWriter, type WriteRow } from './row-writer.js'
import { createSearch } from './search.js'
import { createSorting } from './sorting.js'
import { type Fill, jsonPiece, listOf, type Piece, valueAt } from './template.js'

/** A search over the rows of a dataset, ready to answer. */
export async function createCollection(
  declaration: CollectionDeclaration,
  context: OperationContext,
): Promise<Prepared> {
  const dataset = await context.datasetNamed(declaration.dataset)
  const parameters = createParametersReader(declaration.parameters, context)
  const search = createSearch(declaration, dataset, context)
  await context.pause()
  const order = createSorting(declaration.sort, dataset)
  const paging = createPaging(declaration.paging, context.refusal)
  const aggregate =
    declaration.aggregations === undefined ? null : createAggregations(declaration.aggregations, dataset)
  const write = createRowWriter(declaration, dataset, context.refusal)
  const simulate: Simulate = async (call) => {
    const values = await parameters.read(call)
    if (isWrong(values)) return values
    const part = paging(call)
    if (isWrong(part)) return part
    const rows = write(call)
    if (isWrong(rows)) return rows
    const found = await search.find(values)
    const sorted = order(call, found)
    const shown = sorted.subarray(part.first, part.last + 1)
    const figures = figuresOf(part, shown.length, sorted.length)
    const fill = filler({ call, figures, shown, rows, dataset, aggregations: () => aggregate?.(found.rows) })
    return answer(chosen(declaration, shown.length, sorted.length), { fill, figures, accept: call.header('accept') })
  }
  const warm = async () => {
    await search.warm()
    await parameters.warm()
  }
  return { simulate: isConstant(declaration) ? onceOnly(simulate) : simulate, warm }
}

/** Nothing of the call can change the answer: a long referential is then written once. */
function isConstant({
  parameters,
  paging,
  projection,
  optional,
  sort,
  whole,
  none = whole,
}: CollectionDeclaration): boolean {
  const answers = [whole, none]
  const reads = JSON.stringify(answers.map(({ body }) => body ?? null)).match(/"\$(body|query|path)\./)
  const choices = [
    paging,
    projection,
    sort?.parameter,
    whole.xml,
    none.xml,
    ...Object.keys({ ...parameters, ...optional }),
  ]
  return reads === null && choices.every((choice) => choice === undefined)
}

function onceOnly(simulate: Simulate): Simulate {
  let known: ReturnType<Simulate> | null = null
  return (call) => {
    known ??= simulate(call)
    return known
  }
}

function chosen({ whole, part = whole, none = whole }: CollectionDeclaration, shown: number, total: number) {
  if (shown === 0) return none
  return shown < total ? part : whole
}

function figuresOf(part: Part, shown: number, total: number) {
  const pages = part.size === 0 ? 1 : Math.ceil(total / part.size)
  return {
    first: part.first,
    last: part.first + shown - 1,
    total,
    page: part.page,
    size: part.size,
    pages,
    count: shown,
  }
}

interface Filling {
  readonly call: Call
  readonly figures: Readonly<Record<string, number>>
  readonly shown: Uint32Array
  readonly rows: WriteRow
  readonly dataset: Dataset
  readonly aggregations: () => readonly Piece[] | undefined
}

function filler({ call, figures, shown, rows, dataset, aggregations }: Filling): Fill {
  const first = shown[0]
  return (name) => {
    if (name === 'rows') return listOf(Array.from(shown, (row) => [rows(row)]))
    if (name === 'row') return first === undefined ? undefined : [rows(first)]
    if (name.startsWith('row.'))
      return first === undefined ? undefined : jsonPiece(valueAt(dataset.rows[first], name.slice(4)))
    if (name === 'aggregations') return aggregations()
    return Object.hasOwn(figures, name) ? jsonPiece(figures[name]) : callPlaceholder(call, name)
  }
}
