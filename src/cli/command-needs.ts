import type { ControlCall } from './control-call.js'
import type { ReadSettings, Settings } from './settings.js'
import type { Terminal } from './terminal.js'

export interface CommandNeeds {
  /** Read at first need, so that `--help` works whatever the environment says. */
  readonly settings: () => Settings
  /** Those that are wrong told beside the others, for whoever tells more at once. */
  readonly trySettings: () => ReadSettings
  readonly control: ControlCall
  readonly terminal: Terminal
  /** A script of ours runs it in a shell: its signals come to that alone. */
  readonly inShell?: boolean
}
