/** SQL for all rooms: tables, migrations, transactions and the change feed, on the embedded store or PostgreSQL with the same behaviour. What is acknowledged is durable. */
export { createStore } from './create-store.js'
export { restoreBackup } from './embedded/restore-backup.js'
export { exportStore } from './export-store.js'
export { importStore } from './import-store.js'
export type { Change, ChangeFeed, Store, StoreOptions, Vault } from './store.js'
export type { Database, NewRow, Row } from './tables.js'
export { createVault } from './vault.js'
