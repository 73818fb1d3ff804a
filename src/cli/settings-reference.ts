import { z } from 'zod'
import { settingsShape } from './settings.js'

export interface SettingEntry {
  readonly name: string
  /** The default as text; null: none. */
  readonly usual: string | null
  readonly meaning: string
}

/** Every setting in the order of the schema that reads them. */
export function settingsReference(): readonly SettingEntry[] {
  const { properties = {} } = z.toJSONSchema(settingsShape, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, entry]) => {
    const { description = '', default: usual } = typeof entry === 'object' ? entry : {}
    return { name, usual: usual === undefined ? null : String(usual), meaning: description }
  })
}
