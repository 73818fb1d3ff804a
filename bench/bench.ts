import type { Cores } from './cores.js'
import type { Options } from './options.js'
import type { Screen } from './screen.js'

/** What every part of the bench is given. */
export type Bench = {
  readonly options: Options
  readonly cores: Cores
  /** A temporary folder, gone when the bench ends. */
  readonly folder: string
  readonly screen: Screen
}
