import type { z } from 'zod'

/** What is wrong, in words: of a key that is refused the library says no more than that it is. */
export const issueMessage = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? 'not allowed') : issue.message
