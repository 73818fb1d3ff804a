import type { AnswerProjection, HeaderList, Operation, OperationProjection } from '#contract'
import { recentLists } from '../wire/recent-lists.js'
import { headersWithin, headerValue } from './projected-headers.js'

/** How scopes shape the answers of one operation. */
export interface Shaping {
  readonly projection: OperationProjection
  readonly headOf: (status: number, headers: HeaderList) => AnswerHead
}

/** What the head of a provider's answer tells: worked out once for heads that come again. */
export interface AnswerHead {
  readonly found: AnswerProjection
  /** The headers that may go with the shaped body. */
  readonly left: HeaderList
  /** False: a part of a body, or an encoded one. */
  readonly whole: boolean
  /** What `Content-Length` says; 0: it does not. */
  readonly announced: number
}

/** Null where no scope shapes the operation's answers. */
export function shapings(
  projectionOf: (operation: Operation) => OperationProjection | null,
): (operation: Operation) => Shaping | null {
  const known = new Map<Operation, Shaping | null>()
  return (operation) => {
    const ready = known.get(operation)
    if (ready !== undefined) return ready
    const projection = projectionOf(operation)
    const shaping = projection === null ? null : { projection, headOf: answerHeads(projection) }
    known.set(operation, shaping)
    return shaping
  }
}

function answerHeads(projection: OperationProjection): Shaping['headOf'] {
  const byStatus = new Map<number, (headers: HeaderList) => AnswerHead>()
  return (status, headers) => {
    const known = byStatus.get(status)
    if (known !== undefined) return known(headers)
    const heads = recentLists((list) => readHead(projection, status, list))
    byStatus.set(status, heads)
    return heads(headers)
  }
}

function readHead(projection: OperationProjection, status: number, headers: HeaderList): AnswerHead {
  const encoding = headerValue(headers, 'content-encoding')
  return {
    found: projection.answer(status, headerValue(headers, 'content-type')),
    left: headersWithin(headers, projection.headers(status)),
    whole: status !== 206 && (encoding === null || /^(?:identity)?$/i.test(encoding)),
    announced: Number(headerValue(headers, 'content-length') ?? 0),
  }
}
