/** `prenoms[]` is `prenoms`. */
export const parameterName = (name: string) => name.replace(/\[\]$/, '')
