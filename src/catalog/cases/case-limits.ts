import { caseBytesMost, caseFileBytesMost } from '#sandbox'

/** Bounds on what a platform keeps; texts in characters, a file in bytes. All kept cases are held in memory. */
export const caseLimits = {
  platformCases: 20_000,
  platformCharacters: 33_554_432,
  caseBytes: caseBytesMost,
  caseFileBytes: caseFileBytesMost,
  /** Changes of one case that are remembered. */
  revisions: 50,
  /** How long a removed case can be brought back. */
  removedMilliseconds: 90 * 86_400_000,
} as const
