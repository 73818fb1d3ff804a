/** What people read: French first, then English. */
export interface Text {
  readonly fr: string
  readonly en: string
}

export type Language = keyof Text
