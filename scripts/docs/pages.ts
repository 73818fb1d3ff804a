import { simulationReference } from '#sandbox'
import { commandLinePage } from './command-line-page.js'
import { faultsPage } from './faults-page.js'
import { metricsPage } from './metrics-page.js'
import { platformFilesPage } from './platform-files-page.js'
import { refusalsPage } from './refusals-page.js'
import { settingsPage } from './settings-page.js'

export interface Page {
  /** Relative to the project. */
  readonly path: string
  readonly render: () => string
}

/** Every page that is made from code. */
export const pages: readonly Page[] = [
  { path: 'docs/reference/settings.md', render: settingsPage },
  { path: 'docs/reference/command-line.md', render: commandLinePage },
  { path: 'docs/reference/platform-files.md', render: platformFilesPage },
  { path: 'docs/reference/simulation.md', render: simulationReference },
  { path: 'docs/reference/refusals.md', render: refusalsPage },
  { path: 'docs/reference/metrics.md', render: metricsPage },
  { path: 'docs/reference/faults.md', render: faultsPage },
]
