import { join } from 'node:path'

/** The project's folder, seen from the compiled bench (`dist/bench`). */
export const projectFolder = join(import.meta.dirname, '..', '..')
/** The bench's sources: scripts, peers and results that are read as they are, not compiled. */
export const benchFolder = join(projectFolder, 'bench')
