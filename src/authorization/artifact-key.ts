import { hash } from 'node:crypto'

/** What the store knows an identifier by: its SHA-256 in base64url, so that the table gives no usable token away. */
export const artifactKey = (identifier: string): string => hash('sha256', identifier, 'base64url')
