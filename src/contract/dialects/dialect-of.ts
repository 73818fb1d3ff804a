import type { Dialect, DialectName } from '../dialect.js'
import { apiParticulier } from './api-particulier.js'
import { franceTravail } from './france-travail.js'
import { standard } from './standard.js'

const dialects: Readonly<Record<DialectName, Dialect>> = {
  standard,
  'france-travail': franceTravail,
  'api-particulier': apiParticulier,
}

/** The wire habits that a platform names. */
export const dialectOf = (name: DialectName): Dialect => dialects[name]
