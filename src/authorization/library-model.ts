import type { AdapterPayload } from 'oidc-provider'

/** What the library's models have and its types leave out. */
export interface LibraryModel {
  getValueAndPayload(): Promise<{ readonly payload: AdapterPayload }>
  generateTokenId(): string
}
