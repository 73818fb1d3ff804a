/** How an answer may come back (OAuth 2.0 Multiple Response Types, section 2.1). */
export const responseModes: readonly ('query' | 'fragment')[] = ['query', 'fragment']
