/** When a secret or token was last used, as a list shows it. */
export const lastUse = (at: number | null): string =>
  at === null ? 'none' : new Date(at).toISOString().replace(/\.\d+/, '')

/** The same where one is shown alone: a call does not wait for the date to be written. */
export const lastUseAlone = (at: number | null): string => `${lastUse(at)} (written every 30 seconds)`
