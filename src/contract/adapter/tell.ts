import type { Mistake } from '../mistake.js'
import type { Path } from '../reading/source.js'

/** A mistake at a place within what is being checked. */
export type Tell = (path: Path, reason: string, mend: string, of?: 'key' | 'value') => Mistake
