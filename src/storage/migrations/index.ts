import type { Kysely } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'
import { firstTables } from './0001-first-tables.js'
import { evidence } from './0002-evidence.js'
import { sandboxCases } from './0003-sandbox-cases.js'
import { eventAddress } from './0004-event-address.js'
import { apiTokens } from './0005-api-tokens.js'
import { evidenceOfPersons } from './0006-evidence-of-persons.js'
import { purpose } from './0007-purpose.js'
import { caseHistory } from './0008-case-history.js'
import { publishedAdapter } from './0009-published-adapter.js'
import { ownerOfArtifacts } from './0010-owner-of-artifacts.js'
import { indexesOfArtifacts } from './0011-indexes-of-artifacts.js'

/** In order, never changed once released; the number is the schema version. Each runs in a transaction on both stores. */
export const migrations: Readonly<Record<string, (db: Kysely<unknown>, dialect: SqlDialect) => Promise<void>>> = {
  '0001-first-tables': firstTables,
  '0002-evidence': evidence,
  '0003-sandbox-cases': sandboxCases,
  '0004-event-address': eventAddress,
  '0005-api-tokens': apiTokens,
  '0006-evidence-of-persons': evidenceOfPersons,
  '0007-purpose': purpose,
  '0008-case-history': caseHistory,
  '0009-published-adapter': publishedAdapter,
  '0010-owner-of-artifacts': ownerOfArtifacts,
  '0011-indexes-of-artifacts': indexesOfArtifacts,
}

export const schemaVersion = Number.parseInt(Object.keys(migrations).at(-1) ?? '0', 10)
