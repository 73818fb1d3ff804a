import { z } from 'zod'

/** A kept case as the control API shows it. */
export const keptCase = z.object({
  id: z.string(),
  api: z.string(),
  operation: z.string(),
  application: z.string().nullable(),
  file: z.string(),
  title: z.string(),
  description: z.string(),
  params: z.record(z.string(), z.json()),
  headers: z.record(z.string(), z.string()),
  status: z.int(),
  payload: z.string().nullable(),
  revision: z.int(),
  updatedAt: z.number(),
  updatedBy: z.string(),
})

export const caseRevision = keptCase.extend({ action: z.string() })

/** With what of it departs from the contract. */
export const restoredCase = keptCase.extend({ notes: z.array(z.string()) })
