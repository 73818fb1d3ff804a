import {
  type Mistake,
  mistakeAt,
  type Operation,
  type PlacedCase,
  type Platform,
  parseCase,
  zerosLost,
} from '#contract'
import { checkCase } from '#sandbox'
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
  const { placed, mistakes } = parseCase({ file, text, bytesMax: caseLimits.caseBytes }, { operations })
  const operation = operations.find(({ id }) => id === placed?.value.operation)
  const ignored = platform?.cases?.ignored ?? []
  const found =
    placed === null || operation === undefined
      ? mistakes
      : [...notKept(placed), ...zeroMistakes(placed, text), ...checkCase(placed, operation, { ignored, now })]
  if (placed === null || operation === undefined || found.length > 0)
    throw catalogProblem('catalog/case-mistakes', { mistakes: found })
  const { title, description = '', params, headers, status, payload } = placed.value
  const body = payload === undefined ? null : JSON.stringify(payload, null, 2)
  const json = { params: JSON.stringify(params), headers: JSON.stringify(headers) }
  return { operation, content: { title, description, ...json, status, payload: body } }
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
