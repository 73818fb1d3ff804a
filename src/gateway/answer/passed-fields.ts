import type { HeaderList } from '#contract'
import { type FieldBlock, sharedBlock } from '../wire/field-block.js'
import { recentLists } from '../wire/recent-lists.js'
import { createAnswerHeaderVerdict, passAnswerHeaders } from './answer-headers.js'

/** What passes of an upstream's fields. */
export type PassedFields = (received: HeaderList) => FieldBlock

export function createPassedFields(): PassedFields {
  const passes = createAnswerHeaderVerdict()
  return recentLists((received) => sharedBlock(passAnswerHeaders(received, passes)))
}
