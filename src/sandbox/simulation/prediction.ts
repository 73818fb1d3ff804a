import type { Json } from '#contract'
import { answer } from '../answer.js'
import type { Call } from '../call.js'
import { callPlaceholder } from './call-placeholder.js'
import type { Dataset } from './dataset.js'
import { fieldValue, fieldValues } from './field.js'
import { createLikeness, type Likeness } from './likeness.js'
import type { OperationContext, Simulate } from './operation-context.js'
import type { PredictionDeclaration } from './operation-shape.js'
import { fillText, isWrong, type Wrong } from './parameter-reader.js'
import { createParametersReader } from './parameters.js'
import { jsonPiece, listOf, type Piece, render, valueAt } from './template.js'

export async function createPrediction(
  declaration: PredictionDeclaration,
  context: OperationContext,
): Promise<Simulate> {
  const dataset = await context.datasetNamed(declaration.dataset)
  const parameters = createParametersReader(declaration.parameters, context)
  const texts = dataset.rows.flatMap((row, number) =>
    declaration.among.flatMap((field) => fieldValues(row, field).map((text) => ({ text: String(text), row: number }))),
  )
  const likeness = await createLikeness(
    texts.map(({ text }) => text),
    context.pause,
  )
  const likeRows = (text: string) => matches(text, { likeness, texts, dataset, distinct: declaration.distinct })
  return async (call) => {
    const values = await parameters.read(call)
    if (isWrong(values)) return values
    const inputs = inputsOf(declaration, call, context)
    if (isWrong(inputs)) return inputs
    const limit = numberAt(call, declaration.results)
    const threshold = numberAt(call, declaration.threshold)
    const answers = inputs.map((input) => {
      const kept = likeRows(String(valueAt(input, declaration.text)))
        .filter((match) => match.score >= threshold)
        .slice(0, limit)
      return written(
        declaration,
        input,
        kept.map((match) => writtenMatch(declaration, match, dataset)),
      )
    })
    const fill = (name: string) => (name === 'inputs' ? listOf(answers) : callPlaceholder(call, name))
    return answer(declaration.answer, { fill, accept: call.header('accept') })
  }
}

interface Match {
  readonly row: number
  readonly score: number
}

interface Texts {
  readonly likeness: Likeness
  readonly texts: readonly { readonly row: number }[]
  readonly dataset: Dataset
  readonly distinct: string | undefined
}

/** Rows by the best of their texts; of rows that share the distinct field only the best. */
function matches(text: string, { likeness, texts, dataset, distinct }: Texts): readonly Match[] {
  const seen = new Set<unknown>()
  return likeness.like(text).flatMap(({ text: number, score }) => {
    const row = texts[number]?.row ?? 0
    const key = distinct === undefined ? row : fieldValue(dataset.rows[row], distinct)
    if (seen.has(key)) return []
    seen.add(key)
    return [{ row, score }]
  })
}

function inputsOf(
  { inputs, text, most }: PredictionDeclaration,
  call: Call,
  { refusal }: OperationContext,
): readonly Json[] | Wrong {
  const found = call.body.kind === 'json' ? valueAt(call.body.value, inputs) : undefined
  const wrong = (name: string) => ({ message: fillText(refusal.texts.body, { name }) })
  if (!Array.isArray(found) || found.length === 0 || found.length > most) return wrong(inputs)
  const entries: readonly Json[] = found
  const bad = entries.findIndex((entry) => !isText(valueAt(entry, text)))
  return bad < 0 ? entries : wrong(`${inputs}[${bad}].${text}`)
}

const isText = (value: Json | undefined) => typeof value === 'string' && value.trim() !== '' && value.length <= 1000

function numberAt(call: Call, { parameter, default: usual }: PredictionDeclaration['results']): number {
  const value = call.body.kind === 'json' ? valueAt(call.body.value, parameter) : undefined
  const number = Number(value ?? usual)
  return Number.isFinite(number) ? number : usual
}

const written = (declaration: PredictionDeclaration, input: Json, kept: readonly (readonly Piece[])[]) =>
  render(declaration.input, (name) => {
    if (name === 'matches') return listOf(kept)
    return name.startsWith('input.') ? jsonPiece(valueAt(input, name.slice(6))) : undefined
  }) ?? []

const writtenMatch = (declaration: PredictionDeclaration, match: Match, dataset: Dataset) =>
  render(declaration.match, (name) => {
    if (name === 'score') return jsonPiece(match.score)
    return name.startsWith('row.') ? jsonPiece(valueAt(dataset.rows[match.row], name.slice(4))) : undefined
  }) ?? []
