/** Only what was given: an absent field is not a field without a value. */
export function given<T extends Readonly<Record<string, unknown>>>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
