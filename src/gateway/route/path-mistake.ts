import type { RefusalCode } from '#contract'
import { parseTarget } from './target.js'

/** Which piece of a target that `parseTarget` refuses is the wrong one, so that the refusal can say its mend. */
export function pathMistake(raw: string): RefusalCode {
  if (raw.includes('#')) return 'request/hash'
  const [path = ''] = raw.split('?', 1)
  if (path.includes(';')) return 'request/semicolon'
  if (path.includes('//')) return 'request/empty-segment'
  return parseTarget(path) === null ? 'request/path' : 'request/query'
}
