/** Every API version on the air: those of the platforms' folders, and those published into the store, each kept checked and frozen. */

export { caseLimits } from './cases/case-limits.js'
export { createCaseStore } from './cases/case-store.js'
export type {
  CaseFilter,
  CaseImport,
  CaseOutcome,
  CaseRevision,
  CaseStore,
  CaseToKeep,
  KeptCase,
} from './cases/cases.js'
export type { Catalog, CatalogEntry, CatalogOptions, ContractText, Publication } from './catalog.js'
export { createCatalog } from './create-catalog.js'
export { catalogProblem } from './problems.js'
export { choicesSent, type PublicationChoices, settingsFromChoices } from './settings-from-choices.js'
