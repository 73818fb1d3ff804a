import { z } from 'zod'

export const quotaRule = z.strictObject({
  key: z.enum(['api', 'application+api', 'application+operation', 'token', 'token+api']),
  limit: z.int().min(1),
  periodSeconds: z.int().min(1),
  algorithm: z.enum(['bucket', 'fixed']),
})
