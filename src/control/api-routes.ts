import { Hono } from 'hono'
import { z } from 'zod'
import { standardQuotas } from './api-settings.js'
import type { ControlNeeds } from './control.js'
import { quotaRule } from './quota-rule.js'
import { readBody } from './read-body.js'

const actor = 'operator'
const publication = z.strictObject({
  platform: z.string(),
  /** Name by which mistakes are told. */
  file: z.string().max(200).default('openapi.yaml'),
  document: z.string(),
  upstream: z.string(),
  code: z.string().optional(),
  version: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  quotas: z.array(quotaRule).default(standardQuotas),
  replace: z.boolean().default(false),
})
