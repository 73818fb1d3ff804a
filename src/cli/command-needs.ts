import type { Settings } from '#base'
import type { ControlCall } from './control-call.js'
import type { Terminal } from './terminal.js'

export interface CommandNeeds {
  /** Read at first need, so that `--help` works whatever the environment says. */
  readonly settings: () => Settings
  readonly control: ControlCall
  readonly terminal: Terminal
}
