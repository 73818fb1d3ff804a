import type { Clock } from '#base'
import type { JsonObject, UpstreamResponse } from '#contract'
import { answer } from '../answer.js'
import type { Call } from '../call.js'
import { createAggregations } from './aggregation.js'
import { callPlaceholder } from './call-placeholder.js'
import { type Dataset, omit } from './dataset.js'
import type { CollectionDeclaration } from './operation-shape.js'
import { createPaging, type Part } from './paging.js'
import { isWrong, type Wrong } from './parameter-reader.js'
import { createParametersReader } from './parameters.js'
import type { Pause } from './pause.js'
import { parseProjection, project } from './projection.js'
import { createSearch } from './search.js'
import type { RefusalDeclaration } from './simulation-shape.js'
import { createSorting } from './sorting.js'
import { type Fill, jsonPiece, listOf, type Piece, valueAt } from './template.js'

/** Answers a call of a simulated operation, or says why it refuses it. */
export type Simulate = (call: Call) => UpstreamResponse | Wrong

export interface OperationContext {
  readonly clock: Clock
  readonly refusal: RefusalDeclaration
  readonly datasetNamed: (name: string) => Promise<Dataset>
  readonly pause: Pause
}

export async function createCollection(
  declaration: CollectionDeclaration,
  context: OperationContext,
): Promise<Simulate> {
  const dataset = await context.datasetNamed(declaration.dataset)
  const read = await createParametersReader(declaration.parameters, context)
  const search = await createSearch(declaration, dataset, context)
  await context.pause()
  const order = createSorting(declaration.sort, dataset)
  const paging = createPaging(declaration.paging, context.refusal)
  const aggregate =
    declaration.aggregations === undefined ? null : createAggregations(declaration.aggregations, dataset)
  const write = await createRowWriter(declaration, dataset, context.refusal)
  return (call) => {
    const values = read(call)
    if (isWrong(values)) return values
    const part = paging(call)
    if (isWrong(part)) return part
    const rows = write(call)
    if (isWrong(rows)) return rows
    const found = search(values)
    const sorted = order(call, found)
    const shown = sorted.subarray(part.first, part.last + 1)
    const figures = figuresOf(part, shown.length, sorted.length)
    const fill = filler({ call, figures, shown, rows, dataset, aggregations: () => aggregate?.(found.rows) })
    return answer(chosen(declaration, shown.length, sorted.length), { fill, figures, accept: call.header('accept') })
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

/** Which top-level fields a call does not get: the ones left out for all, and the optional ones that it does not ask for. */
function createLeftOut({ without, optional }: CollectionDeclaration) {
  const choices = Object.entries(optional)
  const all = choices.reduce<readonly (readonly string[])[]>(
    (sets, [field]) => sets.flatMap((set) => [set, [...set, field]]),
    [without],
  )
  const of = (call: Call): readonly string[] => [
    ...without,
    ...choices.filter(([, parameter]) => call.query.get(parameter)?.[0] !== 'true').map(([field]) => field),
  ]
  return { all, of }
}

/** A row as it leaves: JSON text. */
type WriteRow = (row: number) => Piece

async function createRowWriter(
  declaration: CollectionDeclaration,
  dataset: Dataset,
  refusal: RefusalDeclaration,
): Promise<(call: Call) => WriteRow | Wrong> {
  const leftOut = createLeftOut(declaration)
  const whole = new Map<string, WriteRow>()
  for (const without of leftOut.all) {
    const bytes = await dataset.serialised(without)
    whole.set(without.join(), (row) => bytes[row] ?? 'null')
  }
  const { projection } = declaration
  const wholeFor = (call: Call): WriteRow => whole.get(leftOut.of(call).join()) ?? (() => 'null')
  if (projection === undefined) return wholeFor
  const wrong = {
    message: refusal.texts.format.replace('{name}', projection.parameter).replace('{expected}', 'a,b(c)'),
  }
  return (call) => {
    const text = call.query.get(projection.parameter)?.[0] || projection.default
    if (text === undefined) return wholeFor(call)
    const without = leftOut.of(call)
    const tree = parseProjection(text)
    return tree === null ? wrong : (row) => JSON.stringify(project(omit(shownRow(dataset, row), without), tree))
  }
}

const shownRow = (dataset: Dataset, row: number): JsonObject => dataset.shown[row] ?? {}
