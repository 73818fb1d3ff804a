/** The pages that people open: today the front page, which lists what is published and where it answers. Works without JavaScript, French first. */
export { createPortal, type PortalNeeds } from './portal.js'
