import type { UpstreamResponse } from '#contract'
import { answer } from '../answer.js'
import type { Call } from '../call.js'
import type { NeededHeadersDeclaration } from './needed-headers-shape.js'

/** The answer to a call that lacks one of them, or sends one empty; null when all are there. */
export function lackingHeader(call: Call, needs: NeededHeadersDeclaration | undefined): UpstreamResponse | null {
  if (needs === undefined) return null
  const values = needs.headers.map((name) => call.header(name.toLowerCase()))
  const fill = () => undefined
  if (values.includes(undefined)) return answer(needs.missing, { fill })
  return values.some((value) => value?.trim() === '') ? answer(needs.empty, { fill }) : null
}
