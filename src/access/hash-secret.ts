import { hash } from 'node:crypto'

/** SHA-256 in base64url: enough for values of 256 random bits, which no dictionary holds (ASVS 5.0 V11.4). */
export const hashSecret = (value: string): string => hash('sha256', value, 'base64url')
