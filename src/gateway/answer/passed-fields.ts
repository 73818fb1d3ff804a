import type { HeaderList } from '#contract'
import { type FieldBlock, sharedBlock } from '../wire/field-block.js'
import { recentLists } from '../wire/recent-lists.js'
import { createAnswerHeaderVerdict, passAnswerHeaders } from './answer-headers.js'
import { has } from './refusal-answer.js'

/** What passes of an upstream's fields, worked out once for a list that comes again. */
export type PassedFields = (received: HeaderList) => FieldBlock

/** `unlessTold`: a field that is added where the upstream gives none of its name. */
export function createPassedFields(unlessTold: readonly [name: string, value: string] | null = null): PassedFields {
  const passes = createAnswerHeaderVerdict()
  return recentLists((received) => {
    const passed = passAnswerHeaders(received, passes)
    if (unlessTold !== null && !has(passed, unlessTold[0].toLowerCase())) passed.push(...unlessTold)
    return sharedBlock(passed)
  })
}
