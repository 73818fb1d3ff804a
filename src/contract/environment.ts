/** `sandbox` (bac à sable) or `production`: who answers differs, nothing else does. */
export type Environment = 'sandbox' | 'production'

export const environments: readonly Environment[] = ['production', 'sandbox']
