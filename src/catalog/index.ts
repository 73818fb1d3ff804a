/** Every API version on the air: those of the platforms' folders, and those published into the store, each kept checked and frozen. */
export {
  type CaseImport,
  type CaseOutcome,
  type CaseStore,
  type CaseToKeep,
  createCaseStore,
} from './cases/case-store.js'
export type { Catalog, CatalogEntry, CatalogOptions, Publication } from './catalog.js'
export { createCatalog } from './create-catalog.js'
export { type PublicationChoices, settingsFromChoices } from './settings-from-choices.js'
