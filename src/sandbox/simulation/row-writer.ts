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

/** How the rows of a call are written: whole as they were serialised once, or projected as the call asks. */
export function createRowWriter(
  declaration: CollectionDeclaration,
  dataset: Dataset,
  refusal: RefusalDeclaration,
): (call: Call) => WriteRow | Wrong {
  const leftOut = createLeftOut(declaration)
  const { projection } = declaration
  const wholeFor = (call: Call): WriteRow => dataset.serialised(leftOut(call))
  if (projection === undefined) return wholeFor
  const expected = 'champ,champ(champ)'
  const wrong = { message: fillText(refusal.texts.format, { name: projection.parameter, expected }) }
  return (call) => {
    const sent = call.query.get(projection.parameter)?.[0]
    if (sent === null) return wrong
    const text = sent === undefined || sent === '' ? projection.default : sent
    if (text === undefined) return wholeFor(call)
    const without = leftOut(call)
    const tree = parseProjection(text)
    return tree === null ? wrong : (row) => JSON.stringify(project(omit(shownRow(dataset, row), without), tree))
  }
}

const shownRow = (dataset: Dataset, row: number): JsonObject => dataset.shown[row] ?? {}

/** Which top-level fields a call does not get: the ones left out for all, and the optional ones that it does not ask for. */
function createLeftOut({ without, optional }: CollectionDeclaration): (call: Call) => readonly string[] {
  const choices = Object.entries(optional)
  return (call) => [
    ...without,
    ...choices.filter(([, parameter]) => call.query.get(parameter)?.[0] !== 'true').map(([field]) => field),
  ]
}
