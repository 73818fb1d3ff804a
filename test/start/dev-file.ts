import { z } from 'zod'

const application = z.strictObject({
  platform: z.string(),
  name: z.string(),
  environment: z.enum(['production', 'sandbox']),
  type: z.enum(['private', 'public']),
  client_id: z.string().min(1),
  client_secret: z.string().nullable(),
  api_key: z.string().nullable(),
  redirect_uris: z.array(z.string()),
  scopes: z.array(z.string()),
})

/** `dev.json` as the interfaces document it: nothing more, nothing less. */
export const devFile = z.strictObject({
  url: z.url(),
  addresses: z.array(
    z.strictObject({
      platform: z.string(),
      environment: z.enum(['production', 'sandbox']),
      authorization: z.url(),
      api: z.url(),
    }),
  ),
  applications: z.array(application),
  tokens: z.array(
    z.strictObject({
      platform: z.string(),
      environment: z.enum(['production', 'sandbox']),
      token: z.string(),
      scopes: z.array(z.string()),
    }),
  ),
  personas: z.array(z.strictObject({ realm: z.string(), sub: z.string(), name: z.string() })),
  control_token: z.string().min(32),
})

export type DevFile = z.infer<typeof devFile>
export type DevApplication = z.infer<typeof application>
