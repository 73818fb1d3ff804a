/** The pages that people open: the front page, which lists what is published, and the documentation of every platform and API, and the tokens of the sandbox that visitors take. Works without JavaScript, French first. */
export { exampleCurl } from './documentation/example-curl.js'
export type { SandboxAccess } from './documentation/example-token.js'
export { createPortal, type PortalNeeds } from './portal.js'
export type { Visitors } from './visitor/visitors.js'
