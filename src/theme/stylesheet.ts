import { components } from './styles/components.js'
import { documents } from './styles/documents.js'
import { ground } from './styles/ground.js'
import { media } from './styles/media.js'
import { pieces } from './styles/pieces.js'
import { tokens } from './styles/tokens.js'

/** The neutral skin as one sheet: tokens, ground, components, pieces of pages, documentation, media. A skin replaces the tokens. */
export const stylesheet = [tokens, ground, components, pieces, documents, media].join('\n')
