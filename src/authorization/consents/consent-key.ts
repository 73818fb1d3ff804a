import { artifactKey } from '../artifact-key.js'

/** Beside oidc-provider's own models in the same table. */
export const consentModel = 'Consent'

/** Where the consent of this person to this application is kept; `realm`: `<platform>/<realm>`. */
export const consentKey = (realm: string, accountId: string, clientId: string): string =>
  artifactKey(JSON.stringify([consentModel, realm, accountId, clientId]))
