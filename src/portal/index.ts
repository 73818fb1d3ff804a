/** The pages that people open: the front page, which lists what is published, and the documentation of every platform and API. Works without JavaScript, French first. */
export { exampleCurl } from './documentation/example-curl.js'
export type { SandboxAccess } from './documentation/example-token.js'
export { createPortal, type PortalNeeds } from './portal.js'
