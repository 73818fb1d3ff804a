import type { HeaderList } from '#contract'
import { type FieldBlock, sharedBlock } from '../wire/field-block.js'
import { createAnswerHeaderVerdict, passAnswerHeaders } from './answer-headers.js'

/** What passes of an upstream's fields. */
export type PassedFields = (received: HeaderList) => FieldBlock

/** A list that comes again, the very same and not only an equal one, is not looked at twice. */
export function createPassedFields(): PassedFields {
  const passes = createAnswerHeaderVerdict()
  const lists: HeaderList[] = []
  const blocks: FieldBlock[] = []
  let oldest = 0
  return (received) => {
    const known = blocks[lists.indexOf(received)]
    if (known !== undefined) return known
    const block = sharedBlock(passAnswerHeaders(received, passes))
    lists[oldest] = received
    blocks[oldest] = block
    oldest = (oldest + 1) % listsKept
    return block
  }
}

const listsKept = 8
