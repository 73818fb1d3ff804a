/** The data plane: finds the API, proves the caller's right, spends quota, forwards or lets the sandbox answer, and records. It knows no SQL and no platform by name. */
export type { Record, Snapshot, Spend, Verify } from './ports.js'
