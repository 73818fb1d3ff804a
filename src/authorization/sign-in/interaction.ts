import type { Provider } from 'oidc-provider'

/** What stands between an application's request and its answer, as the library keeps it. */
export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>
