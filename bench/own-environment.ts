/** The environment without the settings of a Portique that may be served from here: what is measured has those of the bench alone, and its own store. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const isSetting = (name: string) => /^(?:PORTIQUE_.*|DATABASE_URL|VALKEY_URL|PORT)$/.test(name)
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isSetting(name)))
}
