import {
  type Json,
  type Mistake,
  mistakeAt,
  type Operation,
  type PlacedCase,
  type Platform,
  parseCase,
  zerosLost,
} from '#contract'
import { caseSizeFault, checkCase } from '#sandbox'
import { catalogProblem } from '../problems.js'
import { caseLimits } from './case-limits.js'
import type { CaseContent } from './case-rows.js'
import type { CaseText } from './cases.js'

export interface ReadText {
  readonly operation: Operation
  readonly content: CaseContent
}

/** A case that a person wrote, held against the contract. Throws `catalog/case-mistakes` with all of them. */
export function readCaseText(
  { file, text }: CaseText,
  operations: readonly Operation[],
  { platform, now }: { readonly platform: Platform | undefined; readonly now: number },
): ReadText {
  const { placed, mistakes } = parseCase({ file, text, bytesMax: caseLimits.caseFileBytes }, { operations })
  const operation = operations.find(({ id }) => id === placed?.value.operation)
  const ignored = platform?.cases?.ignored ?? []
  const found =
    placed === null || operation === undefined
      ? mistakes
      : [...notKept(placed), ...zeroMistakes(placed, text), ...checkCase(placed, operation, { ignored, now })]
  if (placed === null || operation === undefined || found.length > 0)
    throw catalogProblem('catalog/case-mistakes', { mistakes: found })
  const { title, description = '', params, headers, status, payload } = placed.value
  const written = { title, description, params, headers, status }
  const [body, fault] = bodyOf(payload, (text) => caseSizeFault({ ...written, payload: text }))
  if (fault !== null)
    throw catalogProblem('catalog/case-mistakes', {
      mistakes: [mistakeAt(placed.source, placed.at, { reason: fault, mend: 'Take out what nobody asks for.' })],
    })
  const json = { params: JSON.stringify(params), headers: JSON.stringify(headers) }
  return { operation, content: { ...written, ...json, payload: body } }
}

/** A line for each value where there is room for that. */
function bodyOf(payload: Json | undefined, faultOf: (text: string | null) => string | null) {
  if (payload === undefined) return [null, faultOf(null)] as const
  const spacious = JSON.stringify(payload, null, 2)
  if (faultOf(spacious) === null) return [spacious, null] as const
  const dense = JSON.stringify(payload)
  return [dense, faultOf(dense)] as const
}

/** What only a file of the platform's folder can say: the store has no room for it, and would lose it. */
function notKept({ value, source, at }: PlacedCase): readonly Mistake[] {
  const told = { title_en: value.titleEn, months: value.months, optional: value.optional }
  return Object.entries(told).flatMap(([name, said]) =>
    said === undefined
      ? []
      : [
          mistakeAt(source, [...at, name], {
            reason: `"${name}" is not kept with a case that is added`,
            mend: 'Take it away, or put the case into a file of the platform’s folder.',
          }),
        ],
  )
}

const zeroMistakes = ({ value, source }: PlacedCase, text: string): readonly Mistake[] =>
  zerosLost(value.params, source, text).map(({ path, written }) =>
    mistakeAt(source, path, {
      reason: `${written} without quotes is a number, and loses its zero`,
      mend: `Write it between quotes: "${written}".`,
    }),
  )
