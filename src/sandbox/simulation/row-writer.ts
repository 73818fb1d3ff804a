import type { JsonObject } from '#contract'
import type { Call } from '../call.js'
import { type Dataset, omit } from './dataset.js'
import type { CollectionDeclaration } from './operation-shape.js'
import { fillText, type Wrong } from './parameter-reader.js'
import { parseProjection, project } from './projection.js'
import type { RefusalDeclaration } from './simulation-shape.js'
import type { Piece } from './template.js'

/** A row as it leaves: JSON text. */
export type WriteRow = (row: number) => Piece

/** How the rows of a call are written: whole from what was serialised before, or projected as the call asks. */
export async function createRowWriter(
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
  const expected = 'champ,champ(champ)'
  const wrong = { message: fillText(refusal.texts.format, { name: projection.parameter, expected }) }
  return (call) => {
    const sent = call.query.get(projection.parameter)?.[0]
    if (sent === null) return wrong
    const text = sent === undefined || sent === '' ? projection.default : sent
    if (text === undefined) return wholeFor(call)
    const without = leftOut.of(call)
    const tree = parseProjection(text)
    return tree === null ? wrong : (row) => JSON.stringify(project(omit(shownRow(dataset, row), without), tree))
  }
}

const shownRow = (dataset: Dataset, row: number): JsonObject => dataset.shown[row] ?? {}

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
