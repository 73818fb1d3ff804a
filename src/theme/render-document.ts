/** A page as the bytes to send; pages are synchronous, so their text is there at once. */
export function renderDocument(page: { toString(): string }): string {
  return `<!doctype html>${page.toString()}`
}
